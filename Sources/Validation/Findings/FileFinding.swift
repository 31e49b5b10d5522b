package import Catalogue

/// What is said about the file, a sheet or a header: places by name, since no store may exist.
package struct FileFinding: Sendable, Equatable {
    package var code: Code
    package var severity: Severity
    package var sheet: String?
    /// From 1, as Excel shows it.
    package var rowNumber: Int?
    /// The column's title.
    package var column: String?
    /// `B14`.
    package var cell: String?
    package var found: String?
    package var arguments: [String: String]
    package var relatedCount: Int

    package init(
        _ code: Code, sheet: String? = nil, rowNumber: Int? = nil, column: String? = nil,
        cell: String? = nil, found: String? = nil, arguments: [String: String] = [:],
        relatedCount: Int = 0
    ) {
        self.code = code
        severity = code.severity
        self.sheet = sheet
        self.rowNumber = rowNumber
        self.column = column
        self.cell = cell
        self.found = found
        self.arguments = arguments
        self.relatedCount = relatedCount
    }
}
