import Gate

/// How far a worker is, as who waits for it sees it.
package struct WorkerSight: Sendable, Equatable {
    /// What it does: words that stand for `stage`.
    package static let stages = GateProgress.Stage.allCases.map(\.rawValue)

    /// `reading`, `judging` or `writing`.
    package let stage: String
    /// Rows read so far.
    package let rowCount: Int
    /// Bytes of the file with rows and their texts: those read so far, and all that will be.
    package let sizeRead: Int
    package let size: Int
    /// Seconds that it will take yet, from 1; nil where nobody can know.
    package let secondsLeft: Int?
    /// The share of its time that is over, from 0 to 1; nil where nobody can know.
    package let share: Double?

    init(_ progress: GateProgress, seconds: Double, secondsLeft: Double?) {
        stage = progress.stage.rawValue
        rowCount = progress.rowCount
        sizeRead = progress.sizeRead
        size = progress.size
        self.secondsLeft = secondsLeft.map { max(1, Int($0.rounded(.up))) }
        share = secondsLeft.map { seconds / (seconds + $0) }
    }
}
