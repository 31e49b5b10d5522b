import Spreadsheet
import XML

/// The text of a string cell: what must be known of it, and how it is written.
enum StringCell {
    /// Whether a spreadsheet program might take the text for a formula when it is typed again.
    ///
    /// Full-width signs count too: East Asian programs turn them into plain ones.
    static func startsLikeFormula(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch text.first {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
            0x09, 0x0A, 0x0D:
            true
        case 0xEF where text.count >= 3 && text[1] == 0xBC:
            // ＋ － ＝ ＠ are U+FF0B, U+FF0D, U+FF1D and U+FF20.
            [0x8B, 0x8D, 0x9D, 0xA0].contains(text[2])
        default: false
        }
    }

    /// The part of a text that a cell can hold: 32,767 UTF-16 units, no character cut in two.
    static func fitting(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard text.count > GridLimits.textLengthMax else { return text }
        var length = 0
        for (index, byte) in text.enumerated() where byte & 0xC0 != 0x80 {
            length += byte >= 0xF0 ? 2 : 1
            if length > GridLimits.textLengthMax {
                return UnsafeBufferPointer(rebasing: text[..<index])
            }
        }
        return text
    }

    /// Writes the `t` element, with white space kept where readers would cut it.
    static func write(_ text: UnsafeBufferPointer<UInt8>, to xml: inout XMLWriter) {
        let isEdged = text.first.map(isSpace) == true || text.last.map(isSpace) == true
        if isEdged {
            xml.raw("<t xml:space=\"preserve\">")
        } else {
            xml.raw("<t>")
        }
        xml.text(text, as: .cellText)
        xml.raw("</t>")
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A
    }
}
