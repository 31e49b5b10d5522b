import Spreadsheet
import Validation
import XLSX

/// Rows of a sheet as texts: for headers, summaries and lists, not for customers' rows.
enum TextRows {
    /// The rows among which a header is looked for, with all their cells.
    static func top(of info: SheetInfo, of workbook: Workbook) throws(WorkbookError) -> [HeaderRow]
    {
        var rows: [HeaderRow] = []
        try forEach(
            of: info, of: workbook, rowCountMax: HeaderMatcher.rowCountMax,
            columnCountMax: GridLimits.columnCountMax
        ) { rows.append($0) }
        return rows
    }

    /// Hands over row by row, cells from left to right.
    ///
    /// - Parameters:
    ///   - rowCountMax: rows from the top that are looked at.
    ///   - columnCountMax: columns from the left; cells beyond are left out.
    static func forEach(
        of info: SheetInfo, of workbook: Workbook, rowCountMax: Int = GridLimits.rowCountMax,
        columnCountMax: Int = HeaderMatcher.columnCountMax, _ body: (HeaderRow) -> Void
    ) throws(WorkbookError) {
        let reader = try workbook.open(info)
        let strings = workbook.sharedStrings
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            for row in batch.rows {
                guard row.rowIndex < rowCountMax else { return }
                let cells = batch.cells[row.cellStart..<row.cellEnd]
                    .filter { $0.columnIndex < columnCountMax }
                    .map { HeaderCell($0, of: batch, strings) }
                    .sorted { $0.columnIndex < $1.columnIndex }
                body(HeaderRow(rowIndex: Int(row.rowIndex), cells: cells))
            }
        }
    }
}

extension HeaderCell {
    fileprivate init(_ cell: CellRecord, of batch: RowBatch, _ strings: TextTable) {
        let text =
            cell.isShared
            ? strings.string(cell.payload)
            : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
        self.init(columnIndex: Int(cell.columnIndex), text: Trimming.trimmed(text))
    }
}
