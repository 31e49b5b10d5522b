/// What a code is about.
package enum Area: String, Sendable, CaseIterable {
    /// The file as a whole: it cannot be read.
    case file
    /// Its sheets and columns.
    case structure
    /// The value of one cell.
    case cell
    /// A name that has to exist elsewhere.
    case name
    /// A row, or several together.
    case row
}

extension Code {
    /// What the code is about.
    package var area: Area {
        switch rawValue.prefix(while: { $0 != "." }) {
        case "file", "type", "zip", "xml", "sst", "styles", "workbook", "worker": .file
        case "pkg", "sheet", "header", "template": .structure
        case "cell", "email", "country": .cell
        case "domain", "directory": .name
        default: .row
        }
    }
}

extension Code {
    /// Whether what it tells of stands in the column that says what a row asks for.
    package var isAboutAction: Bool { self == .actionNotAllowed || self == .actionRequired }
}
