import Spreadsheet

/// What the text between the tags of a cell means; each works on the end of a buffer, from `start`
/// on.
enum CellText {
    /// Bytes of a text that are kept while it is read: every unit of the longest one may be written
    /// `_xHHHH_`.
    static let rawSizeBytesMax = 7 * GridLimits.textLengthMax + 7

    /// Cuts XML white space (not U+00A0) at both ends.
    static func trim(_ bytes: inout [UInt8], from start: Int) {
        while bytes.count > start, isSpace(bytes[bytes.count - 1]) { bytes.removeLast() }
        guard bytes.count > start, isSpace(bytes[start]) else { return }
        let first = bytes[start...].firstIndex { !isSpace($0) } ?? bytes.count
        bytes.removeSubrange(start..<first)
    }

    /// Cuts XML white space at both ends.
    static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let first = bytes.first, let last = bytes.last, isSpace(first) || isSpace(last) else {
            return bytes
        }
        var slice = bytes[...].drop(while: isSpace)
        while let last = slice.last, isSpace(last) { slice.removeLast() }
        return UnsafeBufferPointer(rebasing: slice)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// A number of at most nine digits.
    @inline(__always)
    static func integer(_ digits: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...9).contains(digits.count) else { return nil }
        var number = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// Decodes `_xHHHH_` once, from left to right, two that are a surrogate pair as one character
    /// (ECMA-376 Part 1 §22.9.2.19 `ST_Xstring`). What stands for no character, half a pair or
    /// U+FFFE or U+FFFF, stays the text that it is.
    static func decodeEscapes(_ bytes: inout [UInt8], from start: Int) {
        var read = start
        while read < bytes.count, bytes[read] != UInt8(ascii: "_") { read += 1 }
        guard read < bytes.count else { return }
        var write = read
        while read < bytes.count {
            guard let (scalar, size) = escapedScalar(in: bytes, at: read),
                let encoded = UTF8.encode(scalar)
            else {
                bytes[write] = bytes[read]
                read += 1
                write += 1
                continue
            }
            read += size
            for byte in encoded {
                bytes[write] = byte
                write += 1
            }
        }
        bytes.removeLast(bytes.count - write)
    }

    /// The character that one escape or two at an index stand for, and their size in bytes.
    private static func escapedScalar(
        in bytes: [UInt8], at index: Int
    ) -> (Unicode.Scalar, size: Int)? {
        guard let unit = escapedUnit(in: bytes, at: index), unit < 0xFFFE else { return nil }
        if let scalar = Unicode.Scalar(unit) { return (scalar, escapeSize) }
        guard UTF16.isLeadSurrogate(unit),
            let low = escapedUnit(in: bytes, at: index + escapeSize), UTF16.isTrailSurrogate(low),
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(low & 0x3FF)))
        else { return nil }
        return (scalar, 2 * escapeSize)
    }

    private static let escapeSize = 7

    /// The unit that `_xHHHH_` at an index stands for.
    private static func escapedUnit(in bytes: [UInt8], at index: Int) -> UInt16? {
        guard index + escapeSize <= bytes.count, bytes[index] == UInt8(ascii: "_"),
            bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
        else { return nil }
        var unit: UInt16 = 0
        for byte in bytes[(index + 2)..<(index + 6)] {
            guard let digit = hexadecimalDigit(byte) else { return nil }
            unit = unit << 4 | digit
        }
        return unit
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }

    /// Cuts what a cell may not hold: beyond 32,767 UTF-16 units. True when something was cut.
    static func truncate(_ bytes: inout [UInt8], from start: Int) -> Bool {
        guard bytes.count - start > GridLimits.textLengthMax else { return false }
        var unitCount = 0
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte & 0xC0 != 0x80 { unitCount += byte >= 0xF0 ? 2 : 1 }
            guard unitCount > GridLimits.textLengthMax else { continue }
            bytes.removeLast(bytes.count - index)
            return true
        }
        return false
    }
}
