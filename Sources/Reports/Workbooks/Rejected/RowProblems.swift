import Catalogue
import Validation

/// What is wrong with one row, in the words of the workbook it is written to.
struct RowProblems: Sendable {
    /// All problems, one a line.
    private(set) var text = ""
    /// What is wrong in each cell at fault.
    private(set) var cells: [SheetLayout.Column: String] = [:]
    /// Another cell that the one at fault is in conflict with.
    private(set) var conflicts: [SheetLayout.Column: Place] = [:]
    /// By field.
    private(set) var suggestions: [Int: String] = [:]

    init(_ errors: [Finding], of verdicts: Verdicts, text: FindingText) {
        for error in errors { add(error, verdicts.detail(of: error), text.rendered(error)) }
    }

    private mutating func add(
        _ error: Finding, _ detail: FindingDetail?, _ rendered: RenderedFinding
    ) {
        let words = [rendered.message, rendered.remedy].filter { !$0.isEmpty }
            .joined(separator: " ")
        text += text.isEmpty ? words : "\n" + words
        if let field = error.place.field, let suggestion = rendered.suggestion,
            suggestions[field] == nil
        {
            suggestions[field] = suggestion
        }
        guard let column = Self.column(of: error) else { return }
        cells[column] = cells[column].map { $0 + "\n" + words } ?? words
        if let other = detail?.related.first, conflicts[column] == nil {
            conflicts[column] = other
        }
    }

    /// What a row asks for is no field, but stands in a cell all the same.
    private static func column(of error: Finding) -> SheetLayout.Column? {
        if let field = error.place.field { return .field(field) }
        return error.code.isAboutAction ? .action : nil
    }
}
