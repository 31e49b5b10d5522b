/// What must be known of a worksheet before its first row.
package struct SheetOptions: Sendable {
    /// Who sees a sheet (ECMA-376 Part 1 §18.18.68).
    package enum Visibility: String, Sendable {
        case visible, hidden
        /// Hidden, and not offered for showing.
        case veryHidden
    }

    package var name: SheetName
    package var visibility = Visibility.visible
    /// From column A on; columns beyond are as the reader has them.
    package var columns: [ColumnOptions] = []
    /// Rows from the top, and columns from the left, that stay when the sheet is scrolled.
    package var frozenRowCount = 0
    package var frozenColumnCount = 0
    package var tabColor: CellStyle.Color?
    /// Whether cells with a locked style can be changed only after unprotecting; no password.
    package var isProtected = false
    /// Whether it prints across the wide side, all columns on one page.
    package var isLandscape = false

    /// The options of a sheet, changed in place: `SheetOptions(name) { $0.frozenRowCount = 1 }`.
    package init(_ name: SheetName, _ change: (inout SheetOptions) -> Void = { _ in }) {
        self.name = name
        change(&self)
    }
}
