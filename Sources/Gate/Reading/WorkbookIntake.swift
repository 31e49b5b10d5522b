import Catalogue
import Portals
import Spreadsheet
import Validation
import XLSX

/// Reads a workbook into a `RowStore`: which portal it is for, which sheets are meant, where the
/// headers are, and every filled row.
struct WorkbookIntake {
    /// What reading gave. With an error among the findings there are no verdicts at all.
    struct Rows {
        /// Nil when no portal was recognised.
        var store: RowStore?
        /// About the file, its sheets and headers.
        var findings: [FileFinding] = []
    }

    let workbook: Workbook
    private let meter: ReadingMeter

    /// - Parameter progress: called now and then with how far reading is.
    init(_ workbook: Workbook, progress: @escaping (GateProgress) -> Void = { _ in }) {
        self.workbook = workbook
        meter = ReadingMeter(workbook, progress)
    }

    /// - Parameters:
    ///   - definitions: all portals that are known.
    ///   - portal: the one the person named; nil: it is recognised.
    /// - Throws: `WorkbookError` when a part cannot be read; findings about structure are not
    ///   thrown.
    func recognise(
        _ definitions: [Definition], portal: String?
    ) throws(WorkbookError) -> Recognition {
        var recognition = PortalRecognition(workbook: workbook)
        return try recognition.choose(among: definitions, portal: portal)
    }

    /// Reads the rows of what was recognised.
    ///
    /// - Parameter rowCountMax: filled rows of all sheets; of more nothing is kept.
    /// - Throws: as `recognise`.
    func read(
        _ recognition: Recognition, rowCountMax: Int
    ) throws(WorkbookError) -> Rows {
        guard let definition = recognition.definition else { return Rows() }
        meter.begin(recognition.assignments.filter { $0.match != nil }.map(\.info))
        var reading = StoreReading(workbook: workbook, definition: definition, meter: meter)
        for assignment in recognition.assignments {
            try reading.read(assignment, rowCountMax: rowCountMax)
            guard reading.rowCount <= rowCountMax else {
                let max = ["max": "\(rowCountMax)"]
                return Rows(findings: [FileFinding(.rowsTooMany, arguments: max)])
            }
        }
        let store = reading.finish()
        meter.finish()
        let link = try outsideLink(recognition).map { [$0] } ?? []
        return Rows(store: store, findings: link + reading.findings)
    }

    /// Told once, of the first one: whoever looks for it finds the others.
    private func outsideLink(
        _ recognition: Recognition
    ) throws(WorkbookError) -> FileFinding? {
        if let target = workbook.outsideLink {
            return FileFinding(.pkgExternalLink, found: target, arguments: ["value": target])
        }
        for assignment in recognition.assignments {
            guard let target = try workbook.outsideLink(of: assignment.info) else { continue }
            let sheet = assignment.info.name
            return FileFinding(
                .pkgExternalLink, sheet: sheet, found: target,
                arguments: ["value": target, "sheet": sheet])
        }
        return nil
    }
}

/// What a workbook is, as the names and first rows of its sheets say.
struct Recognition {
    /// Nil when no portal was recognised.
    var definition: Definition?
    /// The sheets that are read.
    var assignments: [SheetAssignment] = []
    var findings: [FileFinding] = []

    /// How many columns are understood; a sheet that is known by its name alone counts as one.
    var fieldCount: Int { assignments.reduce(0) { $0 + ($1.match?.fieldCount ?? 1) } }

    /// Whether no sheet lacks a column that it must have.
    var isComplete: Bool {
        guard let definition else { return false }
        return assignments.allSatisfy { assignment in
            definition.sheets[assignment.sheet].fields.enumerated().allSatisfy { index, field in
                !field.isRequired || assignment.match?.hasField(index) ?? false
            }
        }
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
