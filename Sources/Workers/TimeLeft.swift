import Gate

/// How long the work on a workbook will take yet, by how long it took so far.
///
/// Reading tells how fast this machine is with this file: its bytes are known before. What follows
/// takes some times as long, which was measured with made-up customers, from 20,000 to 800,000; of
/// a workbook with many rows to fix, writing takes twice as long as is said here.
struct TimeLeft: Sendable {
    /// Seconds of work, and the share of reading, before which there is no ground to say anything.
    static let secondsMin = 2.0
    static let readShareMin = 0.05
    /// Judging, in times of reading.
    static let judgingShare = 0.35
    /// Writing what would come of it, in times of reading; and writing and accepting it.
    static let previewShare = 1.5
    static let acceptingShare = 7.0

    /// Writing, in times of reading.
    private let writingShare: Double
    /// Seconds after which all was read, and all was judged.
    private var readSeconds: Double?
    private var judgedSeconds: Double?

    init(isAccepting: Bool) {
        writingShare = isAccepting ? Self.acceptingShare : Self.previewShare
    }

    /// Seconds that are left; nil where nobody can know, or it took longer than could be known.
    ///
    /// - Parameter seconds: since the work began.
    mutating func seconds(of progress: GateProgress, after seconds: Double) -> Double? {
        switch progress.stage {
        case .reading:
            (readSeconds, judgedSeconds) = (nil, nil)
            let share = Double(progress.sizeRead) / Double(max(progress.size, 1))
            guard share >= Self.readShareMin, seconds >= Self.secondsMin else { return nil }
            let reading = seconds / share
            return reading - seconds + reading * (Self.judgingShare + writingShare)
        case .judging:
            let reading = readSeconds ?? seconds
            (readSeconds, judgedSeconds) = (reading, nil)
            guard seconds >= Self.secondsMin else { return nil }
            let judging = max(0, reading * (1 + Self.judgingShare) - seconds)
            return judging + reading * writingShare
        case .writing:
            let judged = judgedSeconds ?? seconds
            judgedSeconds = judged
            let left = judged + (readSeconds ?? judged) * writingShare - seconds
            return seconds >= Self.secondsMin && left > 0 ? left : nil
        }
    }
}
