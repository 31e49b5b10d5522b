/// Up to eight ASCII characters in one word, the first in the lowest byte.
package struct PackedText: Sendable {
    private(set) var word: UInt64 = 0
    /// How many characters it has.
    package private(set) var count = 0

    /// No characters.
    package init() {}

    /// The digits of a number; nil beyond eight of them and for negative ones.
    @inline(__always)
    package init?(_ number: Int) {
        guard (0..<100_000_000).contains(number) else { return nil }
        var rest = UInt32(truncatingIfNeeded: number)
        repeat {
            prepend(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
    }

    /// The first eight characters of a text.
    package init(_ text: some BidirectionalCollection<UInt8>) {
        for character in text.prefix(8).reversed() { prepend(character) }
    }

    /// Appends the characters.
    package func append(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: word.littleEndian) { bytes.append(contentsOf: $0.prefix(count)) }
    }

    @inline(__always)
    private mutating func prepend(_ character: UInt8) {
        word = word << 8 | UInt64(character)
        count += 1
    }
}
