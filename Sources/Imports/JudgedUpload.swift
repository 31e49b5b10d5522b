package import Gate
package import Ledger
import Synchronization
package import Validation

/// A workbook that was judged by what is remembered.
package struct JudgedUpload {
    package var judgement: Judgement
    let latest: LatestAnswer

    /// What its verdict rests on; nil while nothing was asked.
    package var answer: LedgerAnswer? { latest.value }
}

/// An upload whose good rows were accepted.
package struct AcceptedUpload {
    package let id: UploadID
    package let effects: Effects
    /// The last try of the same upload; nil for a first one.
    package let predecessor: UploadID?
    /// What became of the rows that were to fix in it; nil where that is not kept any more.
    package let progress: AttemptProgress?
}

/// The disk failed when an upload was accepted, or nearly: the next command does what is left.
package struct UnfinishedUpload: Error {
    package enum State: Sendable {
        /// Nil where not even the number could be read.
        case accepted(UploadID?)
        /// Nobody can tell what the disk has.
        case uncertain
    }

    package let state: State
    package let underlying: any Error
}

/// What the memory said last.
final class LatestAnswer: Sendable {
    private let answer = Mutex<LedgerAnswer?>(nil)

    var value: LedgerAnswer? { answer.withLock { $0 } }

    func set(_ new: LedgerAnswer) { answer.withLock { $0 = new } }
}
