import Gate
import Testing

@testable import Workers

/// What is said of time that nobody can know for sure.
struct TimeLeftTests {
    private static let (judging, preview) = (TimeLeft.judgingShare, TimeLeft.previewShare)

    /// Of a file of a hundred bytes, where a share of it was read after so many seconds.
    private func left(
        _ stage: GateProgress.Stage, _ sizeRead: Int, _ seconds: Double,
        isAccepting: Bool = false, after earlier: [(GateProgress.Stage, Double)] = []
    ) -> Double? {
        var timeLeft = TimeLeft(isAccepting: isAccepting)
        for (stage, seconds) in earlier {
            _ = timeLeft.seconds(of: GateProgress(stage, sizeRead: 100, size: 100), after: seconds)
        }
        return timeLeft.seconds(
            of: GateProgress(stage, sizeRead: sizeRead, size: 100), after: seconds)
    }

    @Test(arguments: [(4, 100.0), (0, 100.0), (50, 1.9), (100, 0.1)])
    func `without ground nothing is said`(sizeRead: Int, seconds: Double) {
        #expect(left(.reading, sizeRead, seconds) == nil)
    }

    @Test func `of a file of no size nothing is said`() {
        var timeLeft = TimeLeft(isAccepting: false)
        #expect(timeLeft.seconds(of: GateProgress(.reading), after: 100) == nil)
    }

    @Test(arguments: [(5, 2.0, 38.0, 40.0), (50, 10.0, 10.0, 20.0), (100, 8.0, 0.0, 8.0)])
    func `what was read tells how long the rest takes, and what comes after`(
        sizeRead: Int, seconds: Double, readingLeft: Double, reading: Double
    ) throws {
        let looked = try #require(left(.reading, sizeRead, seconds))
        #expect(abs(looked - readingLeft - reading * (Self.judging + Self.preview)) < 0.001)
        let accepted = try #require(left(.reading, sizeRead, seconds, isAccepting: true))
        #expect(
            abs(accepted - readingLeft - reading * (Self.judging + TimeLeft.acceptingShare)) < 0.001
        )
    }

    @Test func `while it is judged, writing is still to come, however long that took`() throws {
        let soon = try #require(left(.judging, 100, 10.5, after: [(.reading, 9), (.judging, 10)]))
        #expect(abs(soon - (10 * (1 + Self.judging) - 10.5) - 10 * Self.preview) < 0.001)
        let late = try #require(left(.judging, 100, 99, after: [(.judging, 10)]))
        #expect(late == 10 * Self.preview)
    }

    @Test func `what takes longer than could be known is not told to end soon`() throws {
        let stages = [(GateProgress.Stage.judging, 10.0), (.writing, 12)]
        let soon = try #require(left(.writing, 100, 13, after: stages))
        #expect(abs(soon - (10 * Self.preview - 1)) < 0.001)
        #expect(left(.writing, 100, 12.1 + 10 * Self.preview, after: stages) == nil)
    }

    @Test func `a worker that is tried once more begins anew`() {
        let earlier = [(GateProgress.Stage.judging, 10.0), (.writing, 12), (.reading, 2)]
        #expect(left(.judging, 100, 4, after: earlier) == 4 * (Self.judging + Self.preview))
    }

    @Test func `the share of its time grows as it goes`() throws {
        var timeLeft = TimeLeft(isAccepting: false)
        var last = 0.0
        for second in 2...60 {
            let stage: GateProgress.Stage =
                second < 20 ? .reading : second < 30 ? .judging : .writing
            let progress = GateProgress(stage, sizeRead: min(second * 5, 100), size: 100)
            let left = timeLeft.seconds(of: progress, after: Double(second))
            let sight = WorkerSight(progress, seconds: Double(second), secondsLeft: left)
            guard let share = sight.share else { continue }
            #expect(share >= last && share < 1, "\(second)")
            last = share
        }
        #expect(last > 0.9)
    }

    @Test(arguments: [
        (
            "reading 1 2 3\njudging 4 5 6\n",
            GateProgress(.judging, rowCount: 4, sizeRead: 5, size: 6)
        ),
        // Whether 6 is all of it nobody knows before its line ends.
        ("reading 1 2 3\njudging 4 5 6", .init(.reading, rowCount: 1, sizeRead: 2, size: 3)),
        ("reading 1 2 3\njudging 4 5 ", .init(.reading, rowCount: 1, sizeRead: 2, size: 3)),
        (
            "reading 1 2 3\nother 1 2 3\nreading 1 -2 3\nreading 1\n",
            .init(.reading, rowCount: 1, sizeRead: 2, size: 3)
        ),
        ("rows 7\n", nil), ("", nil),
    ])
    func `what comes over the pipe is the last whole line`(text: String, found: GateProgress?) {
        #expect(WorkerProgress.last(in: Array(text.utf8)) == found)
    }

    @Test(arguments: GateProgress.Stage.allCases)
    func `what is told is understood`(stage: GateProgress.Stage) {
        let progress = GateProgress(stage, rowCount: 1_048_575, sizeRead: 7, size: 128 << 20)
        #expect(
            WorkerProgress.last(in: Array("\(WorkerProgress.line(progress))\n".utf8)) == progress)
    }
}
