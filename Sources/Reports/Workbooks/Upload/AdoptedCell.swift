import Spreadsheet
import Validation
import XML

/// The cells of one column of an adopted template: all of them but number and text, made once.
struct AdoptedCell {
    private let field: Int
    /// `<c r="B`
    private let start: [UInt8]
    /// `" s="3" t="inlineStr"><is><t xml:space="preserve">`
    private let beforeText: [UInt8]
    /// `</t></is></c>`
    private let behindText: [UInt8]
    /// `" s="3"/>`; nil where a cell without a text is none at all.
    private let blankEnd: [UInt8]?

    init(_ splice: SheetSplice, columnIndex: Int, field: Int) {
        self.field = field
        let prefix = splice.prefix
        let style = splice.style(ofColumn: columnIndex).map { "\" s=\"\($0)\"" }
        start = Array("<\(prefix)c r=\"\(ColumnName.letters(of: columnIndex))".utf8)
        beforeText = Array(
            ((style ?? "\"") + " t=\"inlineStr\"><\(prefix)is><\(prefix)t xml:space=\"preserve\">")
                .utf8)
        behindText = Array("</\(prefix)t></\(prefix)is></\(prefix)c>".utf8)
        blankEnd = style.map { Array("\($0)/>".utf8) }
    }

    /// Appends the cell of a row, whose number's digits are `digits`.
    func append(
        _ records: RecordValues, sheet: Int, row: Int, _ digits: [UInt8], to bytes: inout [UInt8]
    ) {
        records.withBytes(sheet: sheet, row: row, field: field) { text in
            let end = text.isEmpty ? blankEnd : beforeText
            guard let end else { return }
            bytes += start
            bytes += digits
            bytes += end
            guard !text.isEmpty else { return }
            XMLEscaping.append(text, as: .cellText, to: &bytes)
            bytes += behindText
        }
    }
}
