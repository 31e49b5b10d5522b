/// One try of an upload: its verdict, about to be accepted.
package struct Attempt: Sendable {
    /// What the verdict rests on.
    package let answer: LedgerAnswer
    package let outcome: PendingOutcome
    package let workbookName: String
    package let sha256: String
    package let definitionVersion: Int
    /// JSON objects, as reports and manifests print them.
    package let counts: String
    package let effects: String

    package init(
        answer: LedgerAnswer, outcome: PendingOutcome, workbookName: String, sha256: String,
        definitionVersion: Int, counts: String, effects: String
    ) {
        self.answer = answer
        self.outcome = outcome
        self.workbookName = workbookName
        self.sha256 = sha256
        self.definitionVersion = definitionVersion
        self.counts = counts
        self.effects = effects
    }
}

/// Files of an attempt that are written before it is accepted, and put in their place afterwards.
package struct PendingOutcome: Sendable, Equatable {
    package enum State: Int, Sendable {
        case underWay, accepted, withdrawn
    }

    /// What the attempt's kept files, and the folder beside its place, are called by: letters and
    /// digits.
    package let name: String
    /// Where people look for the outcome, as an absolute path.
    package let folder: String
    package let state: State

    package init(name: String, folder: String, state: State = .underWay) {
        self.name = name
        self.folder = folder
        self.state = state
    }
}
