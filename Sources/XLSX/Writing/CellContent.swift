/// What a cell written one by one holds; rows in bulk go through the methods of `WorksheetWriter`.
package enum CellContent: Sendable {
    case blank
    /// Always a string cell, whatever it looks like.
    case text(String)
    /// A number; infinite and undefined ones become `#NUM!`.
    case number(Double)
    case boolean(Bool)
    /// A formula of our own with the value it has now.
    case formula(Formula, saved: SavedValue)

    /// The value a formula had when the workbook was written.
    package enum SavedValue: Sendable {
        /// The empty text.
        case blank
        case text(String)
        case number(Double)
    }
}

extension CellContent: ExpressibleByStringLiteral {
    package init(stringLiteral text: String) {
        self = .text(text)
    }
}
