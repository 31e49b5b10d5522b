/// Damerau–Levenshtein distance (optimal string alignment) as far as suggestions need it.
enum EditDistance {
    /// Whether one insertion, deletion, substitution or swap of neighbours, or none, makes two keys equal.
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

    /// Every key at distance one of a key whose new bytes are from an alphabet, once each.
    ///
    /// - Complexity: O(length x alphabet).
    static func neighbours(of key: [UInt8], alphabet: [UInt8]) -> Set<[UInt8]> {
        var result: Set<[UInt8]> = []
        for position in key.indices {
            var shorter = key
            shorter.remove(at: position)
            result.insert(shorter)
            var other = key
            for byte in alphabet where byte != key[position] {
                other[position] = byte
                result.insert(other)
            }
            if position + 1 < key.count, key[position] != key[position + 1] {
                var swapped = key
                swapped.swapAt(position, position + 1)
                result.insert(swapped)
            }
        }
        for position in 0...key.count {
            for byte in alphabet {
                var longer = key
                longer.insert(byte, at: position)
                result.insert(longer)
            }
        }
        return result
    }
}
