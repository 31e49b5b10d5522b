package import Spreadsheet

/// One cell of a `SheetStore`: what it is, and where its text stands in the store's table.
package struct StoredCell: Sendable, Equatable {
    package var kind: CellKind
    /// Whether the value is one that a formula left behind.
    package var isFormula: Bool
    /// Whether the cell is part of a merged range.
    package var isMerged: Bool
    package var textID: UInt32
    /// Index in `RowStore.formats`; 0 is the general format.
    package var formatIndex: UInt16

    package init(
        kind: CellKind, textID: UInt32 = 0, formatIndex: UInt16 = 0, isFormula: Bool = false,
        isMerged: Bool = false
    ) {
        self.kind = kind
        self.textID = textID
        self.formatIndex = formatIndex
        self.isFormula = isFormula
        self.isMerged = isMerged
    }

    package static let blank = StoredCell(kind: .blank)
}
