import Spreadsheet
import Validation
import XLSX

/// Rows of a sheet as texts: for headers, summaries and lists, not for customers' rows.
enum TextRows {
    /// Bytes of text that are kept of a sheet's top; of cells beyond them the first few.
    ///
    /// As many columns as are read in each row, each with a title as long as one may be. A text
    /// that cells share costs the file four bytes each time it stands in one, and here its length.
    static let topSizeMax =
        HeaderMatcher.rowCountMax * HeaderMatcher.columnCountMax * HeaderMatcher.titleSizeMax

    /// The rows among which a header is looked for, with all their cells.
    static func top(of info: SheetInfo, of workbook: Workbook) throws(WorkbookError) -> [HeaderRow]
    {
        var rows: [HeaderRow] = []
        try forEach(
            of: info, of: workbook, rowCountMax: HeaderMatcher.rowCountMax,
            columnCountMax: GridLimits.columnCountMax, textSizeMax: topSizeMax
        ) { rows.append($0) }
        return rows
    }

    /// Hands over row by row, cells from left to right.
    ///
    /// - Parameters:
    ///   - rowCountMax: rows from the top that are looked at.
    ///   - columnCountMax: columns from the left; cells beyond are left out.
    ///   - textSizeMax: bytes in all; of cells beyond them the first few are handed over.
    static func forEach(
        of info: SheetInfo, of workbook: Workbook, rowCountMax: Int = GridLimits.rowCountMax,
        columnCountMax: Int = HeaderMatcher.columnCountMax, textSizeMax: Int = .max,
        _ body: (HeaderRow) -> Void
    ) throws(WorkbookError) {
        let reader = try workbook.open(info)
        let strings = workbook.sharedStrings
        let system = workbook.dateSystem
        var batch = RowBatch()
        var room = textSizeMax
        while try reader.next(into: &batch) {
            for row in batch.rows {
                guard row.rowIndex < rowCountMax else { return }
                let cells = batch.cells[row.cellStart..<row.cellEnd]
                    .filter { $0.columnIndex < columnCountMax }
                    .map { HeaderCell($0, of: batch, strings, system, room: &room) }
                    .sorted { $0.columnIndex < $1.columnIndex }
                body(HeaderRow(rowIndex: Int(row.rowIndex), cells: cells))
            }
        }
    }
}

extension HeaderCell {
    /// As many bytes as a text holds without memory of its own.
    private static let beginningSize = 15

    /// - Parameters:
    ///   - system: from when dates count, which are told as ISO 8601 has them.
    ///   - room: bytes that are left; of a text that comes after them only the beginning is taken.
    fileprivate init(
        _ cell: CellRecord, of batch: RowBatch, _ strings: TextTable, _ system: DateSystem,
        room: inout Int
    ) {
        let sizeMax = room > 0 ? Int.max : Self.beginningSize
        let decoded = { Self.text($0, sizeMax: sizeMax) }
        let text =
            cell.isShared
            ? strings.withBytes(of: cell.payload, decoded) : batch.withBytes(of: cell, decoded)
        room -= min(room, text.utf8.count)
        let date = cell.kind == .date ? NumberText.value(of: text) : nil
        let isoText = date.flatMap { SerialDate($0, system: system) }?.isoText
        self.init(columnIndex: Int(cell.columnIndex), text: isoText ?? Trimming.trimmed(text))
    }

    /// A text, or as many whole characters from its beginning as fit.
    private static func text(_ bytes: UnsafeBufferPointer<UInt8>, sizeMax: Int) -> String {
        guard bytes.count > sizeMax else { return String(decoding: bytes, as: UTF8.self) }
        var end = sizeMax
        while end > 0 && bytes[end] & 0xC0 == 0x80 { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }
}
