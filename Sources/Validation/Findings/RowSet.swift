/// A set of row positions, one bit each.
package struct RowSet: Sequence, Sendable, Equatable {
    private var words: [UInt64] = []
    package private(set) var count = 0

    package init() {}

    package init(_ rows: some Sequence<Int>) {
        for row in rows { insert(row) }
    }

    /// The rows from the top down.
    package func makeIterator() -> some IteratorProtocol<Int> {
        (0..<words.count << 6).lazy.filter { contains($0) }.makeIterator()
    }

    /// Whether a row is in the set.
    package func contains(_ row: Int) -> Bool {
        let word = row >> 6
        return word < words.count && words[word] & (1 << UInt64(row & 63)) != 0
    }

    /// Adds a row; it may be there already.
    package mutating func insert(_ row: Int) {
        let word = row >> 6
        while words.count <= word { words.append(0) }
        let bit: UInt64 = 1 << UInt64(row & 63)
        if words[word] & bit == 0 { count += 1 }
        words[word] |= bit
    }

    /// Adds the rows of another set.
    mutating func formUnion(_ other: RowSet) {
        while words.count < other.words.count { words.append(0) }
        for (word, bits) in other.words.enumerated() { words[word] |= bits }
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }
}
