/// Scalars that one place of a pattern takes.
struct ScalarSet: Sendable, Equatable {
    /// The ASCII ones, a bit each.
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    private var ranges: [ClosedRange<UInt32>] = []
    private var isNegated = false

    init(_ ranges: [ClosedRange<UInt32>], isNegated: Bool = false) {
        self.ranges = ranges
        self.isNegated = isNegated
        for value in UInt32(0)..<128
        where ranges.contains(where: { $0.contains(value) }) != isNegated {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
    }

    func contains(ascii byte: UInt8) -> Bool {
        byte < 64 ? low & (1 << UInt64(byte)) != 0 : high & (1 << UInt64(byte & 63)) != 0
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 128 { return contains(ascii: UInt8(scalar.value)) }
        return ranges.contains { $0.contains(scalar.value) } != isNegated
    }
}
