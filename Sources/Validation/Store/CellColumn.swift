import Spreadsheet

/// The cells of one field of a sheet with their texts, to be asked row by row.
///
/// A class, because a million rows are asked one by one: an element of an array that is a struct
/// would be copied, and all that it holds be counted, for every cell.
final class CellColumn: Sendable {
    /// Nil when the workbook lacks the column.
    private let column: StoredColumn?
    private let texts: TextTable

    /// - Parameter sheet: position in the store.
    init(_ store: RowStore, sheet: Int, field: Int) {
        let sheet = store.sheets[sheet]
        column = sheet.column(ofField: field).map { sheet.columns[$0] }
        texts = store.texts
    }

    /// Those of every field, by sheet of the store.
    static func all(of store: RowStore) -> [[CellColumn]] {
        store.sheets.indices.map { sheet in
            (0..<store.sheets[sheet].fieldCount).map { CellColumn(store, sheet: sheet, field: $0) }
        }
    }

    @inline(__always)
    subscript(row: Int) -> StoredCell { column?[row] ?? .blank }

    /// Whether a cell has no text but white space.
    @inline(__always)
    func isBlank(_ row: Int) -> Bool { withText(row) { $0.isEmpty } }

    /// Hands out the trimmed text of a cell.
    @inline(__always)
    func withText<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        CellText.with(self[row], in: texts, body)
    }
}
