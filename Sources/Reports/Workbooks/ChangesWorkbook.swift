package import Catalogue
import Portals
import Spreadsheet
package import Validation
import XLSX
package import Zip

/// Every value that is handed on other than it was typed: filled, trimmed or replaced, with the
/// reason.
package struct ChangesWorkbook {
    /// Rows of one sheet; further changes go to a next one.
    private static let rowCountMax = 1_000_000
    private static let widths = [18.0, 8, 28, 10, 44, 44, 50]

    private let records: RecordValues
    private let messages: Messages

    package init(_ records: RecordValues, messages: Messages) {
        self.records = records
        self.messages = messages
    }

    /// Whether nothing was changed.
    package var isEmpty: Bool {
        var changes = ChangedValues(records)
        return changes.next() == nil
    }

    /// Writes the workbook.
    ///
    /// - Returns: What it was written to, flushed.
    /// - Throws: `WorkbookWriterError`.
    package func write<Sink: ByteSink>(to sink: Sink) throws -> Sink {
        let title = messages.fragment("changes.title")
        var book = try WorkbookWriter(to: sink, title: title)
        let header = book.style(CellStyle.header.with { $0.numberFormat = "@" })
        let text = book.style(.text)
        var changes = ChangedValues(records)
        var pending = changes.next()
        var number = 0
        repeat {
            number += 1
            let name = try SheetName(number == 1 ? title : "\(title) \(number)")
            let options = SheetOptions(name) { options in
                options.columns = Self.widths.map { ColumnOptions(width: $0) }
                options.frozenRowCount = 1
            }
            try book.addWorksheet(options) { sheet in
                try sheet.append(titles, style: header)
                var count = 0
                while let change = pending, count < Self.rowCountMax {
                    try write(change, to: &sheet, text)
                    count += 1
                    pending = changes.next()
                }
                sheet.autofilter = CellRange(rows: 0...max(count, 1), columns: 0...6)
            }
        } while pending != nil
        return try book.finish()
    }

    private var titles: [CellContent] {
        ["sheet", "row", "column", "cell", "was", "now", "reason"]
            .map { .text(messages.fragment("changes.\($0)")) }
    }

    private func write(
        _ change: ChangedValue, to sheet: inout WorksheetWriter, _ text: StyleID
    ) throws {
        let store = records.store.sheets[change.sheet]
        let columnIndex = store.column(ofField: change.field).map {
            store.columns[$0].columnIndex
        }
        let cell = columnIndex.map {
            CellReference(rowIndex: store.rowNumber(change.row) - 1, columnIndex: $0).description
        }
        try sheet.beginRow()
        sheet.text(store.name, style: text)
        sheet.number(Double(store.originalRowNumber(change.row)))
        sheet.text(title(change.field, of: store), style: text)
        sheet.text(cell ?? "", style: text)
        sheet.text(change.was, style: text)
        sheet.text(change.now, style: text)
        sheet.text(words(change.reason, in: store), style: text)
        try sheet.endRow()
    }

    private func title(_ field: Int, of store: SheetStore) -> String {
        records.definition.sheets[store.definitionIndex].fields[field].title
            .text(in: messages.language)
    }

    private func words(_ reason: ChangedValue.Reason, in store: SheetStore) -> String {
        switch reason {
        case .filled(let other):
            other.map { messages.fragment("changes.filled", ["other": title($0, of: store)]) }
                ?? messages.fragment("changes.completed")
        case .trimmed: messages.fragment("changes.trimmed")
        case .choice: messages.fragment("changes.choice")
        case .number: messages.fragment("changes.number")
        case .renamed: messages.fragment("changes.renamed")
        case .taken: messages.fragment("changes.taken")
        case .corrected: messages.fragment("changes.corrected")
        }
    }
}
