/// The size of the grid of every spreadsheet program Rowgate reads (ECMA-376 Part 1 §18.3.1.73;
/// Excel specifications). Computed, so that other rooms have the numbers themselves: they are asked
/// for every cell.
package enum GridLimits {
    /// Rows of a sheet.
    @inlinable package static var rowCountMax: Int { 1_048_576 }
    /// Columns of a sheet.
    @inlinable package static var columnCountMax: Int { 16_384 }
    /// Length of a cell's text in UTF-16 code units.
    @inlinable package static var textLengthMax: Int { 32_767 }
}
