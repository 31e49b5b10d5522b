/// Damerau–Levenshtein distance (optimal string alignment) as far as suggestions need it.
enum EditDistance {
    /// Whether one insertion, deletion, substitution or swap of neighbours, or none, makes two keys
    /// equal.
    ///
    /// - Complexity: O(length).
    static func isAtMostOne(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        let (short, long) = left.count <= right.count ? (left, right) : (right, left)
        guard long.count - short.count <= 1 else { return false }
        guard let start = short.indices.first(where: { short[$0] != long[$0] }) else { return true }
        if short.count < long.count { return short[start...].elementsEqual(long[(start + 1)...]) }
        if short[(start + 1)...].elementsEqual(long[(start + 1)...]) { return true }
        let next = start + 1
        return next < short.count && short[start] == long[next] && short[next] == long[start]
            && short[(next + 1)...].elementsEqual(long[(next + 1)...])
    }

    /// Hands out every key at distance one whose new bytes are from an alphabet, some of them
    /// twice, until that is enough.
    ///
    /// - Parameter goesOn: says of a key whether to go on.
    /// - Complexity: length x alphabet calls.
    static func forEachNeighbour(
        of key: [UInt8], alphabet: [UInt8], _ goesOn: ([UInt8]) -> Bool
    ) {
        for position in 0...key.count {
            let inserted = Array(key[..<position] + [0] + key[position...])
            guard forEachReplacement(in: inserted, position, alphabet, goesOn) else { return }
            guard position < key.count else { return }
            guard forEachReplacement(in: key, position, alphabet, goesOn),
                goesOn(Array(key[..<position] + key[(position + 1)...]))
            else { return }
            guard position + 1 < key.count, key[position] != key[position + 1] else { continue }
            var swapped = key
            swapped.swapAt(position, position + 1)
            guard goesOn(swapped) else { return }
        }
    }

    /// - Returns: whether to go on.
    private static func forEachReplacement(
        in key: [UInt8], _ position: Int, _ alphabet: [UInt8], _ goesOn: ([UInt8]) -> Bool
    ) -> Bool {
        var other = key
        let own = other[position]
        for byte in alphabet where byte != own {
            other[position] = byte
            guard goesOn(other) else { return false }
        }
        return true
    }
}
