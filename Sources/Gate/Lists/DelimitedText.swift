/// Text with a value a line, or values between `,`, `;` or TAB with quotes as RFC 4180 has them.
///
/// UTF-8 with or without a byte order mark, or UTF-16 with one ("Unicode Text" of Excel); lines end
/// as on any system. The delimiter is the one that stands most in the first line that is not blank.
///
/// It is handed the text in pieces and keeps of them what is not read yet.
struct DelimitedText {
    private var bytes: [UInt8] = []
    /// Where the next row begins in `bytes`.
    private var start = 0
    /// The number of its first line.
    private var line = 1
    private var hasBegun = false
    private var delimiter: UInt8?
    /// Whether a value may stand in quotes. Where lines are values, all of them do or none does.
    private var hasQuotes = false

    /// The size of what is not read yet.
    var pendingSize: Int { bytes.count - start }

    /// Takes the next piece and hands over the rows that are not blank, as far as they are whole.
    ///
    /// - Parameter isLast: whether nothing follows.
    mutating func read(_ piece: ArraySlice<UInt8>, isLast: Bool, _ body: (ListRow) -> Void) {
        bytes.removeSubrange(..<start)
        start = 0
        bytes += piece
        guard hasBegun || begin(isLast) else { return }
        var row = ListRow()
        bytes.withUnsafeBufferPointer { bytes in
            var reader = RowReader(
                bytes, from: start, isLast: isLast, delimiter: delimiter, hasQuotes: hasQuotes)
            while let lineCount = reader.next(into: &row) {
                row.number = line
                line += lineCount
                start = reader.position
                if !row.isBlank { body(row) }
            }
        }
    }

    /// Looks at the first line that is not blank.
    ///
    /// - Returns: false when there is not enough of the text yet.
    private mutating func begin(_ isLast: Bool) -> Bool {
        if Self.isWide(bytes[...]) {
            guard isLast else { return false }
            bytes = Self.plainUTF8(bytes)
        }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        let rest = bytes[start...].drop { Self.isLineEnd($0) || $0 == 0x20 }
        let first = rest.prefix { !Self.isLineEnd($0) }
        guard isLast || first.endIndex < bytes.endIndex else {
            start = 0
            return false
        }
        let candidates: [UInt8] = [0x2C, 0x3B, 0x09]
        let counted = candidates.map { candidate in (candidate, first.count { $0 == candidate }) }
        delimiter = counted.filter { $0.1 > 0 }.max { $0.1 < $1.1 }?.0
        hasQuotes = delimiter != nil || first.count > 1 && first.first == 0x22 && first.last == 0x22
        hasBegun = true
        return true
    }

    @inline(__always)
    fileprivate static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    /// Whether a text that begins so is UTF-16, of which nothing is read before its end.
    static func isWide(_ start: ArraySlice<UInt8>) -> Bool {
        start.starts(with: [0xFE, 0xFF]) || start.starts(with: [0xFF, 0xFE])
    }

    private static func plainUTF8(_ bytes: [UInt8]) -> [UInt8] {
        let isBigEndian = bytes.first == 0xFE
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return Array(String(decoding: units, as: UTF16.self).utf8)
    }
}

/// Reads row by row what there is of a text.
private struct RowReader {
    private static let quote: UInt8 = 0x22

    private let bytes: UnsafeBufferPointer<UInt8>
    private let isLast: Bool
    /// A line end where there is none: values end there anyway.
    private let delimiter: UInt8
    private let hasQuotes: Bool
    /// Where the next row begins.
    private(set) var position: Int

    init(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, isLast: Bool, delimiter: UInt8?,
        hasQuotes: Bool
    ) {
        self.bytes = bytes
        self.isLast = isLast
        self.delimiter = delimiter ?? 0x0A
        self.hasQuotes = hasQuotes
        position = start
    }

    /// Reads a row and returns how many line ends it takes; nil when there is no whole one.
    mutating func next(into row: inout ListRow) -> Int? {
        guard position < bytes.count else { return nil }
        row.removeAll()
        var index = position
        var lineCount = 0
        while true {
            lineCount += readValue(at: &index, into: &row)
            if index == bytes.count { return isLast ? finish(at: index, lineCount) : nil }
            let end = bytes[index]
            index += 1
            guard DelimitedText.isLineEnd(end) else { continue }
            if end == 0x0D, index == bytes.count, !isLast { return nil }
            if end == 0x0D, index < bytes.count, bytes[index] == 0x0A { index += 1 }
            return finish(at: index, lineCount + 1)
        }
    }

    private mutating func finish(at index: Int, _ lineCount: Int) -> Int {
        position = index
        return lineCount
    }

    /// Reads one value; `index` is left at the delimiter or line end after it.
    ///
    /// - Returns: the line ends in it.
    private func readValue(at index: inout Int, into row: inout ListRow) -> Int {
        var lineCount = 0
        if hasQuotes, index < bytes.count, bytes[index] == Self.quote {
            lineCount = readQuoted(at: &index, into: &row)
        }
        let start = index
        while index < bytes.count, bytes[index] != delimiter, !DelimitedText.isLineEnd(bytes[index])
        {
            index += 1
        }
        row.append(UnsafeBufferPointer(rebasing: bytes[start..<index]))
        row.endValue()
        return lineCount
    }

    private func readQuoted(at index: inout Int, into row: inout ListRow) -> Int {
        var value: [UInt8] = []
        var lineCount = 0
        index += 1
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == Self.quote {
                guard index < bytes.count, bytes[index] == Self.quote else { break }
                index += 1
            }
            if byte == 0x0A { lineCount += 1 }
            value.append(byte)
        }
        value.withUnsafeBufferPointer { row.append($0) }
        return lineCount
    }
}
