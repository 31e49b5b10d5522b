import Portals
import Spreadsheet
package import Validation
import XLSX
package import Zip

/// The workbook to upload at a portal whose own template was never adopted: its columns in row 1,
/// with their English titles, the rows below, and nothing of Rowgate's.
package struct UploadWorkbook {
    private let records: RecordValues
    private let sheets: [UploadRows]

    /// - Parameter sheets: At least one; those without rows have their header only.
    package init(_ records: RecordValues, sheets: [UploadRows]) {
        self.records = records
        self.sheets = sheets
    }

    /// Writes the workbook. All values are texts, as they are handed on.
    ///
    /// - Parameter threadCount: Threads that compress.
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`.
    package func write<Sink: ByteSink>(to sink: Sink, threadCount: Int = 1) throws -> Sink {
        var book = try WorkbookWriter(to: sink, threadCount: threadCount)
        let text = book.style(.text)
        let header = book.style(CellStyle.header.with { $0.numberFormat = "@" })
        for rows in sheets { try write(rows, to: &book, text, header) }
        return try book.finish()
    }

    private func write<Sink: ByteSink>(
        _ upload: UploadRows, to book: inout WorkbookWriter<Sink>, _ text: StyleID,
        _ header: StyleID
    ) throws {
        let store = records.store.sheets[upload.sheet]
        let definition = records.definition.sheets[store.definitionIndex]
        let titles = upload.fields.map { definition.fields[$0].title.text(in: "en") }
        let options = SheetOptions(try SheetName(definition.title.text(in: "en"))) { options in
            options.columns = titles.map {
                ColumnOptions(width: Double(max($0.count + 4, 24)), style: text)
            }
            options.frozenRowCount = 1
        }
        try book.addWorksheet(options) { sheet in
            try sheet.append(titles.map(CellContent.text), style: header)
            for row in upload.rows {
                try sheet.beginRow()
                for field in upload.fields {
                    records.withBytes(sheet: upload.sheet, row: row, field: field) {
                        sheet.text($0, style: text)
                    }
                }
                try sheet.endRow()
            }
        }
    }
}
