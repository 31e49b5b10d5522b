package import Spreadsheet

/// The rows of one workbook that are to be judged, as they came: column ids over a table of texts.
///
/// It holds one `SheetStore` for each sheet of the Definition that the workbook has, in the
/// Definition's order. Nothing in it depends on rules; `Verdicts` stands beside it.
package struct RowStore: Sendable {
    /// Every text of every cell, found by the ids in the columns.
    package var texts: TextTable
    /// Number format codes, found by `StoredCell.formatIndex`.
    package var formats: [String]
    package var sheets: [SheetStore]
    /// How the workbook counts its dates.
    package var dateSystem = DateSystem.excel1900
    /// Values that were replaced before judging because the person said so in the workbook.
    package var taken: [TakenSuggestion] = []

    package init(texts: TextTable = TextTable(), formats: [String] = [], sheets: [SheetStore] = [])
    {
        self.texts = texts
        self.formats = formats
        self.sheets = sheets
    }

    /// The text of a cell as it came; empty for a blank one.
    package func text(of cell: StoredCell) -> String {
        cell.kind == .blank ? "" : texts.string(cell.textID)
    }

    /// The id of the known record that a row was exported as; nil for a row that has none.
    package func id(sheet: Int, row: Int) -> String? {
        guard let column = sheets[sheet].idColumn else { return nil }
        let text = Trimming.trimmed(text(of: sheets[sheet].cell(row: row, column: column)))
        return text.isEmpty ? nil : text
    }

    /// The text of a field as it came; empty when the sheet lacks its column.
    package func text(sheet: Int, row: Int, field: Int) -> String {
        text(of: sheets[sheet].cell(row: row, field: field))
    }
}

/// A suggestion somebody accepted in a rejected workbook ("Use suggestions?", "Use for all?"), or a
/// cell that they mended since.
package struct TakenSuggestion: Sendable, Equatable {
    package var sheet: Int
    package var row: Int
    package var field: Int
    package var was: String
    package var now: String
    /// Whether it was mended after the workbook was read.
    package var isCorrection: Bool

    package init(
        sheet: Int, row: Int, field: Int, was: String, now: String, isCorrection: Bool = false
    ) {
        self.sheet = sheet
        self.row = row
        self.field = field
        self.was = was
        self.now = now
        self.isCorrection = isCorrection
    }
}
