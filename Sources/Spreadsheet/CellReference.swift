/// The place of one cell: `A1` is row index 0, column index 0 (ECMA-376 Part 1 §18.18.7).
///
/// Ordered by row, then by column.
package struct CellReference: Hashable, Sendable {
    /// Counts from 0.
    package let rowIndex: Int
    /// Counts from 0.
    package let columnIndex: Int

    /// The cell at these indexes, which the caller keeps inside the grid.
    package init(rowIndex: Int, columnIndex: Int) {
        self.rowIndex = rowIndex
        self.columnIndex = columnIndex
    }

    /// Reads `A1` to `XFD1048576`; nil for `$`, lower case, leading zeros and all else.
    package init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let (columnIndex, length) = ColumnName.leadingIndex(in: bytes) else { return nil }
        let digits = UnsafeBufferPointer(rebasing: bytes[length...])
        guard let rowIndex = Self.rowIndex(of: digits) else { return nil }
        self.init(rowIndex: rowIndex, columnIndex: columnIndex)
    }

    /// Reads `A1` to `XFD1048576`; nil for `$`, lower case, leading zeros and all else.
    package init?(_ text: String) {
        var text = text
        guard let reference = text.withUTF8({ Self($0) }) else { return nil }
        self = reference
    }

    /// The row index of a row number in digits, 1 to 1048576 without leading zeros; else nil.
    @inline(__always)
    package static func rowIndex(of digits: UnsafeBufferPointer<UInt8>) -> Int? {
        guard (1...7).contains(digits.count), digits[0] != UInt8(ascii: "0") else { return nil }
        var number = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number <= GridLimits.rowCountMax ? number - 1 : nil
    }

    /// The row as people count it, from 1.
    package var rowNumber: Int { rowIndex + 1 }

    /// The reference with both parts fixed, as formulas and defined names want it: `$B$7`.
    package var absoluteText: String { "$\(ColumnName.letters(of: columnIndex))$\(rowNumber)" }
}

extension CellReference: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.rowIndex, left.columnIndex) < (right.rowIndex, right.columnIndex)
    }
}

extension CellReference: CustomStringConvertible {
    /// The reference as people write it: `B7`.
    package var description: String { ColumnName.letters(of: columnIndex) + String(rowNumber) }
}
