import Validation

/// Text with a value a line, or values between `,`, `;` or TAB with quotes as RFC 4180 has them.
///
/// UTF-8 with or without a byte order mark. The delimiter is the one that stands most in the first
/// line.
struct DelimitedText {
    private let bytes: [UInt8]
    private let delimiter: UInt8?

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        let first = bytes.prefix { $0 != 0x0A }
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        let counted = candidates.map { candidate in (candidate, first.count { $0 == candidate }) }
        delimiter = counted.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
    }

    /// Hands over every row that is not blank with the number of its first line.
    func forEachRow(_ body: (Int, [String]) -> Void) {
        var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
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
            if end == 0x0A {
                line += 1
                return texts
            }
        }
    }

    /// One value; `position` is left at the delimiter or line end after it.
    private func field(from position: inout Int, line: inout Int) -> String {
        guard delimiter != nil, position < bytes.count, bytes[position] == 0x22 else {
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
        while position < bytes.count, bytes[position] != 0x0A, bytes[position] != delimiter {
            position += 1
        }
        return trimmed(bytes[start..<position])
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: Trimming.trimmed($0), as: UTF8.self) }
    }
}
