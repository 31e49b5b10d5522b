/// How high a row must be for its text, since not every program finds out by itself.
enum RowHeight {
    private static let lineHeight = 15.0
    /// Lines that are shown at once; longer texts are read in the cell.
    private static let lineCountMax = 12

    /// In points, for wrapped texts in columns of a width in characters.
    static func of(_ cells: [(text: String, width: Int)]) -> Double {
        let lines = cells.map { lineCount(of: $0.text, width: $0.width) }.max() ?? 1
        return Double(min(max(lines, 1), lineCountMax)) * lineHeight + 3
    }

    /// Words don't break, so a line holds a little less than its width.
    private static func lineCount(of text: String, width: Int) -> Int {
        let usable = max(width - 4, 1)
        if let count = plainLineCount(of: text, usable) { return count }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .reduce(0) { $0 + max(($1.count + usable - 1) / usable, 1) }
    }

    /// The same where every byte is a character; nil for other texts.
    private static func plainLineCount(of text: String, _ usable: Int) -> Int? {
        var count = 0
        var length = 0
        for byte in text.utf8 {
            if byte >= 0x80 || byte == 0x0D { return nil }
            length += 1
            if byte == 0x0A {
                count += max((length - 1 + usable - 1) / usable, 1)
                length = 0
            }
        }
        return count + max((length + usable - 1) / usable, 1)
    }
}
