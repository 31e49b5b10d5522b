package import Catalogue
import Portals
import Reports
package import Validation
package import XLSX

/// All that is known of one workbook after judging, for whoever writes something of it.
package struct Judgement: Sendable {
    package let request: GateRequest
    /// Nil when no portal was recognised.
    package internal(set) var plan: ValidationPlan?
    /// Nil when the workbook could not be judged; so are `known` and `verdicts` then.
    package internal(set) var store: RowStore?
    package internal(set) var known: Known?
    /// What was handed in, without what is remembered.
    var inputs: Known?
    package internal(set) var verdicts: Verdicts?
    /// Steps of earlier uploads that what is to be done now waits for.
    package var pending = PendingSteps()
    /// About the file, its sheets and headers.
    package internal(set) var findings: [FileFinding] = []

    /// Whether the portal checks names against a list, and there is none.
    package internal(set) var lacksNames = false

    /// Whether the rows that are ready go back with those to fix.
    package internal(set) var sendsAllBack = false

    init(_ request: GateRequest) { self.request = request }

    package var counts: RowCounts {
        guard let store, let verdicts else { return RowCounts() }
        return RowCounts(store, verdicts)
    }

    /// The code of what keeps the file from being judged.
    package var fileError: Code? { findings.first { $0.severity == .error }?.code }

    /// Lets go of what only judging again needs, and of lists too long for any workbook to show:
    /// a million names take as much memory as all that is written.
    package mutating func releaseLists() {
        inputs = nil
        let lists = known?.directories ?? [:]
        known?.directories = lists.filter { RejectedWorkbook.showsList(ofCount: $0.value.count) }
    }

    /// Takes nothing: every row that was accepted is sent back too.
    package mutating func acceptNothing() {
        guard var verdicts else { return }
        sendsAllBack = true
        for sheet in verdicts.states.indices {
            for row in verdicts.states[sheet].indices where verdicts.states[sheet][row] == .accepted
            {
                verdicts.states[sheet][row] = .rejected
            }
        }
        self.verdicts = verdicts
    }
}

extension FileFinding {
    /// A workbook that cannot be read.
    package init(_ error: WorkbookError) {
        self.init(
            error.code, rowNumber: error.rowNumber, found: error.found,
            arguments: [
                "part": error.part ?? "", "row": error.rowNumber.map(String.init) ?? "",
                "reason": error.found, "expected": error.expected, "value": error.found,
            ].filter { !$0.value.isEmpty })
    }
}

extension Judgement {
    /// What its rows say as they are handed on; nil when the workbook could not be judged.
    package var values: RecordValues? {
        guard let plan, let store, let verdicts else { return nil }
        return RecordValues(store, verdicts, of: plan.definition)
    }
}
