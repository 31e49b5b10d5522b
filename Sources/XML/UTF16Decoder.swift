/// Turns UTF-16 that arrives in pieces into UTF-8 (RFC 2781).
struct UTF16Decoder {
    let isBigEndian: Bool
    /// The first byte of a unit whose second has not come.
    private var firstByte: UInt8?
    /// A high surrogate that waits for its low one.
    private var highSurrogate: UInt16?

    init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

    /// True when the text may end here.
    var isBetweenCharacters: Bool { firstByte == nil && highSurrogate == nil }

    /// Appends what `bytes` mean; false at a surrogate without its other half.
    mutating func decode(_ bytes: UnsafeBufferPointer<UInt8>, into output: inout [UInt8]) -> Bool {
        for byte in bytes {
            guard let first = firstByte else {
                firstByte = byte
                continue
            }
            firstByte = nil
            let (high, low) = isBigEndian ? (first, byte) : (byte, first)
            guard decode(UInt16(high) << 8 | UInt16(low), into: &output) else { return false }
        }
        return true
    }

    private mutating func decode(_ unit: UInt16, into output: inout [UInt8]) -> Bool {
        if let high = highSurrogate {
            guard UTF16.isTrailSurrogate(unit) else { return false }
            highSurrogate = nil
            return append(
                0x10000 + (UInt32(high & 0x3FF) << 10 | UInt32(unit & 0x3FF)), to: &output)
        }
        if UTF16.isLeadSurrogate(unit) {
            highSurrogate = unit
            return true
        }
        return append(UInt32(unit), to: &output)
    }

    private func append(_ value: UInt32, to output: inout [UInt8]) -> Bool {
        guard let scalar = Unicode.Scalar(value) else { return false }
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        return true
    }
}
