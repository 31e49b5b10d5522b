import Validation

/// Text with a value a line, or values between `,`, `;` or TAB with quotes as RFC 4180 has them.
///
/// UTF-8 with or without a byte order mark, or UTF-16 with one ("Unicode Text" of Excel); lines end
/// as on any system. The delimiter is the one that stands most in the first line that is not blank.
struct DelimitedText {
    private let bytes: [UInt8]
    private let delimiter: UInt8?
    /// Whether a value may stand in quotes. Where lines are values, all of them do or none does.
    private let hasQuotes: Bool

    init(_ bytes: [UInt8]) {
        self.bytes = Self.plainUTF8(bytes)
        let first = self.bytes.drop(while: Self.isSpace).prefix { !Self.isLineEnd($0) }
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        let counted = candidates.map { candidate in (candidate, first.count { $0 == candidate }) }
        delimiter = counted.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
        hasQuotes = delimiter != nil || first.count > 1 && first.first == 0x22 && first.last == 0x22
    }

    /// Hands over every row that is not blank with the number of its first line.
    func forEachRow(_ body: (Int, [String]) -> Void) {
        var position = 0
        var line = 1
        while position < bytes.count {
            let first = line
            let texts = row(from: &position, line: &line)
            if texts.contains(where: { !$0.isEmpty }) { body(first, texts) }
        }
    }

    private func row(from position: inout Int, line: inout Int) -> [String] {
        var texts: [String] = []
        while true {
            texts.append(field(from: &position, line: &line))
            guard position < bytes.count else { return texts }
            let end = bytes[position]
            position += 1
            guard Self.isLineEnd(end) else { continue }
            if end == 0x0D, position < bytes.count, bytes[position] == 0x0A { position += 1 }
            line += 1
            return texts
        }
    }

    /// One value; `position` is left at the delimiter or line end after it.
    private func field(from position: inout Int, line: inout Int) -> String {
        guard hasQuotes, position < bytes.count, bytes[position] == 0x22 else {
            return plain(from: &position)
        }
        var value: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == 0x22 {
                guard position < bytes.count, bytes[position] == 0x22 else { break }
                position += 1
            }
            if byte == 0x0A { line += 1 }
            value.append(byte)
        }
        return trimmed(value[...]) + plain(from: &position)
    }

    private func plain(from position: inout Int) -> String {
        let start = position
        while position < bytes.count, !Self.isLineEnd(bytes[position]), bytes[position] != delimiter
        {
            position += 1
        }
        return trimmed(bytes[start..<position])
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: Trimming.trimmed($0), as: UTF8.self) }
    }
}

extension DelimitedText {
    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private static func isSpace(_ byte: UInt8) -> Bool { isLineEnd(byte) || byte == 0x20 }

    /// The text without its byte order mark.
    private static func plainUTF8(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
        guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else { return bytes }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}
