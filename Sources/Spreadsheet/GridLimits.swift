/// The size of the grid of every spreadsheet program Rowgate reads (ECMA-376 Part 1 §18.3.1.73;
/// Excel specifications).
package enum GridLimits {
    /// Rows of a sheet.
    package static let rowCountMax = 1_048_576
    /// Columns of a sheet.
    package static let columnCountMax = 16_384
    /// Length of a cell's text in UTF-16 code units.
    package static let textLengthMax = 32_767
}
