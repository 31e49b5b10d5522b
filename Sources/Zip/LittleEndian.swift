extension Collection<UInt8> where Index == Int {
    /// The unsigned number at `position` bytes from the start, lowest byte first. The caller has
    /// checked that its bytes are there.
    func little<Number: FixedWidthInteger & UnsignedInteger>(
        _: Number.Type, at position: Int
    ) -> Number {
        var number: Number = 0
        for place in (0..<Number.bitWidth / 8).reversed() {
            number = number << 8 | Number(self[startIndex + position + place])
        }
        return number
    }

    func uint16(at position: Int) -> UInt16 { little(UInt16.self, at: position) }
    func uint32(at position: Int) -> UInt32 { little(UInt32.self, at: position) }
    func uint64(at position: Int) -> UInt64 { little(UInt64.self, at: position) }
}

extension [UInt8] {
    /// Adds a number, lowest byte first.
    mutating func append<Number: FixedWidthInteger>(little number: Number) {
        for place in 0..<Number.bitWidth / 8 {
            append(UInt8(truncatingIfNeeded: number >> (8 * place)))
        }
    }
}
