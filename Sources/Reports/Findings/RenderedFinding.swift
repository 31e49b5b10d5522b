package import Catalogue

/// A finding as people and machines read it: names and addresses instead of positions.
package struct RenderedFinding: Sendable, Equatable {
    package var code: Code
    package var severity: Severity
    /// The sheet's name in the workbook.
    package var sheet: String?
    /// The row's number in the workbook that was uploaded first, from 1.
    package var row: Int?
    /// The column's title in the workbook.
    package var column: String?
    /// `B14` in the workbook at hand; nil when it has no such column or row.
    package var cell: String?
    /// The cell's text as it came, cut when it is very long; nil for a blank cell and where no cell
    /// is meant.
    package var found: String?
    /// What is wrong, in one sentence or two.
    package var message: String
    /// What to do about it.
    package var remedy: String
    /// The other cells it is about, at most three: `B7`, or `Companies!B7` on another sheet. For a
    /// warning or note told once a column: the first cells it stands for.
    package var related: [String] = []
    /// How many cells there are, of which `related` are the first.
    package var relatedCount = 0
    package var suggestion: String?
    /// The row's number in the workbook at hand, from 1; another one than `row` in a workbook of
    /// rows to fix that came back.
    package var rowInWorkbook: Int?
}

extension RenderedFinding {
    /// Characters of a cell's text that a report shows: a small workbook can have one text of
    /// 32,767 in each of a million rows.
    package static let foundCharactersMax = 1_000

    static func cut(_ text: String) -> String {
        guard text.utf8.count > foundCharactersMax else { return text }
        let beginning = text.prefix(foundCharactersMax)
        return beginning.endIndex == text.endIndex ? text : beginning + "…"
    }
}
