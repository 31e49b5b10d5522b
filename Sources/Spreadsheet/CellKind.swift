/// What kind of value a cell holds, as the file says it (ECMA-376 Part 1 §18.18.11 `ST_CellType`),
/// or why it holds none.
///
/// One byte, because a workbook has millions: it is stored beside a text id in column arrays.
package enum CellKind: UInt8, Sendable, CaseIterable {
    /// No cell, or a cell without a value.
    case blank = 0
    /// A string: shared, inline or saved by a formula. Decoded (`_xHHHH_`, entities), as it came
    /// otherwise.
    case text = 1
    /// A number; its text is the raw lexeme of the file, outer white space cut.
    case number = 2
    /// A number whose style is a date or time format; its text is the raw lexeme (the serial).
    case date = 3
    /// A date written as ISO 8601 text (`t="d"`); its text is that.
    case isoDate = 4
    /// A boolean; its text is `0` or `1`.
    case boolean = 5
    /// An error value such as `#N/A`; its text is that.
    case error = 6
    /// A formula that was never calculated: there is no saved value.
    case formulaWithoutValue = 7
    /// A shared string index that the table does not have; its text is the raw index.
    case badSharedString = 8
    /// A reference that is no cell of the grid; its text is the raw reference.
    case badReference = 9
    /// Text longer than a cell may hold; its text is the beginning.
    case tooLong = 10
    /// A value that does not fit its declared type, such as boolean `2`; its text is the raw value.
    case malformed = 11
}
