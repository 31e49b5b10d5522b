import Catalogue
package import Portals
import Spreadsheet
package import Validation
package import XLSX

/// Reads a workbook into a `RowStore`: which portal it is for, which sheets are meant, where the
/// headers are, and every filled row.
package struct WorkbookIntake {
    /// What reading gave. With an error among the findings there are no verdicts at all.
    package struct Result {
        /// Nil when no portal was recognised.
        package var definition: Definition?
        package var store: RowStore
        /// About the file, its sheets and headers.
        package var findings: [FileFinding]

        package var canBeJudged: Bool {
            definition != nil && !findings.contains { $0.severity == .error }
        }
    }

    let workbook: Workbook
    /// Called now and then with the rows read so far.
    let progress: (Int) -> Void

    package init(_ workbook: Workbook, progress: @escaping (Int) -> Void = { _ in }) {
        self.workbook = workbook
        self.progress = progress
    }

    /// - Parameters:
    ///   - definitions: all portals that are known.
    ///   - portal: the one the person named; nil: it is recognised.
    /// - Throws: `WorkbookError` when a part cannot be read; findings about structure are not
    ///   thrown.
    package func read(
        _ definitions: [Definition], portal: String?
    ) throws(WorkbookError) -> Result {
        var recognition = PortalRecognition(workbook: workbook)
        let choice = try recognition.choose(among: definitions, portal: portal)
        guard let definition = choice.definition else {
            return Result(definition: nil, store: RowStore(), findings: choice.findings)
        }
        var reading = StoreReading(
            workbook: workbook, definition: definition, progress: progress)
        for assignment in choice.assignments { try reading.read(assignment) }
        return Result(
            definition: definition, store: reading.finish(),
            findings: choice.findings + reading.findings)
    }
}

/// A worksheet that is read as a sheet of the Definition.
struct SheetAssignment {
    var info: SheetInfo
    /// Index in the Definition.
    var sheet: Int
    /// Nil: the sheet has the right name but no recognisable header.
    var match: HeaderMatch?
}
