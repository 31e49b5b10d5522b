import Portals
import Validation
import XLSX

/// What somebody answered to "Use for all?" on a rejected workbook's summary.
struct SummaryAnswers {
    private struct Question: Hashable {
        var field: String
        var value: String
    }

    /// Rows of a summary that are read: many times what Rowgate writes on one.
    static let rowCountMax = 10_000

    private var answers: [Question: String] = [:]

    init(_ workbook: Workbook) throws(WorkbookError) {
        let info = workbook.sheets.first { info in
            info.kind == .worksheet && info.partName != nil
                && OwnSheet.summary.title.all.contains(info.name)
        }
        guard let info else { return }
        var columns: [Int: SummaryColumn] = [:]
        try TextRows.forEach(of: info, of: workbook, rowCountMax: Self.rowCountMax) { row in
            if let header = Self.header(row) {
                columns = header
            } else {
                take(row, columns)
            }
        }
    }

    private mutating func take(_ row: HeaderRow, _ columns: [Int: SummaryColumn]) {
        var cells: [SummaryColumn: String] = [:]
        for cell in row.cells { columns[cell.columnIndex].map { cells[$0] = cell.text } }
        guard let field = cells[.field], let suggestion = cells[.suggestion],
            let answer = cells[.useForAll], YesNoText.value(of: answer) == true
        else { return }
        answers[Question(field: field, value: cells[.value] ?? "")] = suggestion
    }

    var isEmpty: Bool { answers.isEmpty }

    /// The value to use in place of another, if somebody said so.
    func value(sheet: String, field: String, for text: String) -> String? {
        answers.isEmpty ? nil : answers[Question(field: "\(sheet)/\(field)", value: text)]
    }

    private static func header(_ row: HeaderRow) -> [Int: SummaryColumn]? {
        var columns: [Int: SummaryColumn] = [:]
        for cell in row.cells {
            for column in SummaryColumn.allCases where column.title.all.contains(cell.text) {
                columns[cell.columnIndex] = column
            }
        }
        return columns.values.contains(.field) && columns.values.contains(.useForAll)
            ? columns : nil
    }
}
