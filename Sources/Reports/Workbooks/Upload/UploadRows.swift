package import Validation

/// The rows of one sheet that go to a portal in a workbook, with the columns it knows.
package struct UploadRows: Sendable {
    /// Position in `RowStore.sheets`.
    package var sheet: Int
    /// Rows of that sheet; they are written in its order.
    package var rows: RowSet
    /// Fields of its Definition, in the order of their columns.
    package var fields: [Int]

    package init(sheet: Int, rows: RowSet, fields: [Int]) {
        self.sheet = sheet
        self.rows = rows
        self.fields = fields
    }
}
