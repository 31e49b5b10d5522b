package import Validation

/// What judging a workbook asks of the memory.
package struct LedgerQuestion: Sendable {
    package let rows: KnownQuestion
    /// Of the workbook, 64 hexadecimal digits: the same file may have come before.
    package let sha256: String
    /// Whether steps that nobody has seen to yet are to be made again.
    package let isForced: Bool
    /// ISO 8601 in UTC; empty: nothing was asked for lately.
    package let time: String

    package init(
        _ rows: KnownQuestion, sha256: String, isForced: Bool = false, time: String = ""
    ) {
        self.rows = rows
        self.sha256 = sha256
        self.isForced = isForced
        self.time = time
    }
}

/// What the memory says to it.
package struct LedgerAnswer: Sendable {
    package let known: KnownAnswer
    /// The last try of the same upload; nil for an upload that is new.
    package let predecessor: AttemptEntry?
    /// The newest lists, without the names.
    package let lists: [RememberedList]
    /// Of the workbook that was asked about.
    package var sha256: String { question.sha256 }
    /// What was asked, to be asked again.
    let question: LedgerQuestion
    /// What the answer rests on.
    let basis: AnswerBasis
}

/// What an answer rests on: as long as it stays, so does the verdict.
struct AnswerBasis: Sendable, Equatable {
    /// Counts every change of what is known of the portal.
    var revision = 0
    /// Of the records and lists in the answer.
    var fingerprint: UInt64 = 0
    /// The last try of the same upload.
    var predecessor: Int64?
    /// Rows that earlier tries got already and that left nothing but a step.
    var issuedCount = 0
    /// Steps that the portal does not take again yet.
    var recentCount = 0
}
