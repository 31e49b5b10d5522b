import Spreadsheet
import XLSX

// Lines of the sheets that are read, not filled in.
extension WorksheetWriter {
    /// Writes one text in column A.
    mutating func writeLine(_ text: String, style: StyleID, height: Double) throws {
        try beginRow(height: height)
        self.text(text, style: style)
        try endRow()
    }
}

extension CoverLine {
    /// Writes the line in column A of the next row: red while something is wrong, green when all is
    /// right.
    func write(
        _ saved: String, to sheet: inout WorksheetWriter, _ look: WorkbookLook
    ) throws {
        let cell = CellReference(rowIndex: sheet.nextRowIndex, columnIndex: 0)
        try sheet.beginRow(height: 24)
        sheet.formula(formula, saved: .text(saved), style: look.cover)
        try sheet.endRow()
        let range = CellRange(cell)
        sheet.addConditionalFormat(
            to: range, when: isWrong(cell), style: WorkbookLook.wrongCheck)
        sheet.addConditionalFormat(
            to: range, when: "NOT(\(isEmpty(cell)))", style: WorkbookLook.rightCheck)
    }
}
