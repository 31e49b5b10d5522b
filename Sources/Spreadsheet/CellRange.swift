/// A rectangle of cells, both corners included: `A1:C3`, or `B2` for one cell.
package struct CellRange: Hashable, Sendable {
    /// The first row and the first column.
    package let first: CellReference
    /// The last row and the last column.
    package let last: CellReference

    /// The rectangle between two opposite corners, in whichever order they come.
    package init(_ corner: CellReference, _ opposite: CellReference) {
        first = CellReference(
            rowIndex: min(corner.rowIndex, opposite.rowIndex),
            columnIndex: min(corner.columnIndex, opposite.columnIndex))
        last = CellReference(
            rowIndex: max(corner.rowIndex, opposite.rowIndex),
            columnIndex: max(corner.columnIndex, opposite.columnIndex))
    }

    /// The rectangle of one cell.
    package init(_ cell: CellReference) {
        first = cell
        last = cell
    }

    /// The rectangle of these rows and columns, which the caller keeps inside the grid.
    package init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        first = CellReference(rowIndex: rows.lowerBound, columnIndex: columns.lowerBound)
        last = CellReference(rowIndex: rows.upperBound, columnIndex: columns.upperBound)
    }

    /// Reads `A1:C3` or `A1`; corners in any order, as other programs write them; else nil.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
        guard let corner = CellReference(UnsafeBufferPointer(rebasing: bytes[..<colon])) else {
            return nil
        }
        guard colon < bytes.count else {
            self.init(corner)
            return
        }
        let rest = UnsafeBufferPointer(rebasing: bytes[(colon + 1)...])
        guard let opposite = CellReference(rest) else { return nil }
        self.init(corner, opposite)
    }

    /// Reads `A1:C3` or `A1`; corners in any order, as other programs write them; else nil.
    package init?(_ text: String) {
        var text = text
        guard let range = text.withUTF8({ Self($0) }) else { return nil }
        self = range
    }

    /// The row indexes.
    package var rows: ClosedRange<Int> { first.rowIndex...last.rowIndex }

    /// The column indexes.
    package var columns: ClosedRange<Int> { first.columnIndex...last.columnIndex }

    /// Whether a cell lies in the rectangle.
    package func contains(_ cell: CellReference) -> Bool {
        rows.contains(cell.rowIndex) && columns.contains(cell.columnIndex)
    }

    /// The rectangle with all parts fixed, as formulas and defined names want it: `$A$1:$C$3`.
    package var absoluteText: String {
        first == last ? first.absoluteText : "\(first.absoluteText):\(last.absoluteText)"
    }
}

extension CellRange: CustomStringConvertible {
    /// The rectangle as people write it: `A1:C3`, or `B2` for one cell.
    package var description: String { first == last ? "\(first)" : "\(first):\(last)" }
}
