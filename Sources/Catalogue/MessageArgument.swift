/// What a sentence can be told about the data. The raw value is its name in the message files.
package enum MessageArgument: String, Sendable, CaseIterable {
    /// What was found, as it was typed.
    case value
    /// The title of the column.
    case field
    /// The title of another column.
    case other
    /// Where else: "B7 and B22", or "B7, B22 and 3 more".
    case cells
    case count, max, min
    /// The length of a text in characters, or of a file with its unit.
    case length
    case expected
    /// The title of a list of names, or the values allowed, shortened.
    case list
    case suggestion
    /// `U+200B ZERO WIDTH SPACE`.
    case character
    /// Where in the text or file, counted from 1.
    case position
    /// A portal's name as people know it.
    case portal
    case sheet
    /// What is different: "Email Address is ann@acme.example".
    case differences
    /// Who: the key of something known.
    case record
    /// Titles of columns, joined.
    case columns
    case date
    case reason
    /// A part inside the workbook's file: `xl/worksheets/sheet1.xml`.
    case part
    /// The number of a row, as Excel counts.
    case row
    /// What a row is, as people say it: "company".
    case noun
    case package, price
    /// An upload and which try of it: `12.1`.
    case upload
    /// How many rows are right now, still wrong, newly wrong, or gone.
    case fixed, wrong, new, gone
}
