import Spreadsheet
import Validation
import XLSX

/// Rows of a sheet as texts: for headers, summaries and lists, not for customers' rows.
enum TextRows {
    /// Every row that has cells.
    static func read(_ info: SheetInfo, of workbook: Workbook) throws(WorkbookError) -> [HeaderRow]
    {
        try read(info, of: workbook, upTo: Int.max)
    }

    /// The rows among which a header is looked for.
    static func top(of info: SheetInfo, of workbook: Workbook) throws(WorkbookError) -> [HeaderRow]
    {
        try read(info, of: workbook, upTo: HeaderMatcher.rowCountMax)
    }

    private static func read(
        _ info: SheetInfo, of workbook: Workbook, upTo rowIndexMax: Int
    ) throws(WorkbookError) -> [HeaderRow] {
        let reader = try workbook.open(info)
        let strings = workbook.sharedStrings
        var batch = RowBatch()
        var rows: [HeaderRow] = []
        while try reader.next(into: &batch) {
            for row in batch.rows {
                guard row.rowIndex < rowIndexMax else { return rows }
                let cells = batch.cells[row.cellStart..<row.cellEnd].map { cell in
                    let text =
                        cell.isShared
                        ? strings.string(cell.payload)
                        : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
                    return HeaderCell(
                        columnIndex: Int(cell.columnIndex), text: Trimming.trimmed(text))
                }
                rows.append(HeaderRow(rowIndex: Int(row.rowIndex), cells: cells))
            }
        }
        return rows
    }
}
