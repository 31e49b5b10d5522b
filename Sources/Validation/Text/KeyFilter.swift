/// Says of most keys that are not in a set that they are not, without looking at the set.
///
/// A bit for each of eight times as many hashes as there are keys: small enough to stay in a fast
/// cache where an index does not.
struct KeyFilter: Sendable {
    private var words: [UInt64]
    private let shift: Int

    /// - Parameter count: keys that will be added, about.
    init(count: Int) {
        var bitCount = 6
        while 1 << bitCount < count * 8 { bitCount += 1 }
        words = Array(repeating: 0, count: 1 << (bitCount - 6))
        shift = 64 - bitCount
    }

    mutating func insert(_ hash: UInt64) {
        let bit = hash >> UInt64(shift)
        words[Int(bit >> 6)] |= 1 << (bit & 63)
    }

    /// False only of a hash that was not added.
    func mayHold(_ hash: UInt64) -> Bool {
        let bit = hash >> UInt64(shift)
        return words[Int(bit >> 6)] & 1 << (bit & 63) != 0
    }
}
