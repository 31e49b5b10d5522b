import Catalogue
import Foundation
import Testing

@testable import Workers

/// What becomes of a file when the process that judges it comes to harm. Shells stand for workers:
/// they are processes like any other, and do exactly what a test wants of them.
struct WorkerTests {
    private func run(
        _ script: String, _ change: (inout WorkerLimits) -> Void = { _ in },
        progress: (WorkerSight) -> Void = { _ in }
    ) throws -> WorkerReport {
        var worker = Worker(executable: "/bin/sh", arguments: ["-c", script])
        worker.environment = ["PATH=/usr/bin:/bin"]
        change(&worker.limits)
        return try worker.run(progress: progress)
    }

    @Test(arguments: [0, 1, 2, 73])
    func `an exit status is handed on`(status: Int32) throws {
        #expect(try run("exit \(status)").end == .exited(status))
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGKILL, SIGILL])
    func `a worker that breaks down is told so`(signal: Int32) throws {
        let end = try run("kill -\(signal) $$").end
        #expect(end == .crashed(signal: signal))
        #expect(end.code == .workerCrashed)
    }

    @Test func `a worker that breaks down is tried once more`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "rowgate-tests-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let tries = "echo try >> '\(folder)/tries'"
        #expect(
            try run("\(tries); [ $(wc -l < '\(folder)/tries') = 2 ] || kill -9 $$").end
                == .exited(0))
        #expect(try run("\(tries); kill -9 $$").end == .crashed(signal: SIGKILL))
        let lines = try String(contentsOfFile: "\(folder)/tries", encoding: .utf8)
        #expect(lines.split(separator: "\n").count == 4)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `a worker beyond its time is ended in time`() throws {
        let report = try run("sleep 30") { $0.wallSeconds = 1 }
        #expect(report.end == .limited(.wallTime))
        #expect(report.end.code == .workerLimit)
        #expect(report.cost.wallSeconds < 1.5)
    }

    @Test func `a worker that closes its pipes and lives on is ended in time`() throws {
        let report = try run("exec 2>&- 3>&-; sleep 30") { $0.wallSeconds = 1 }
        #expect(report.end == .limited(.wallTime))
        #expect(report.cost.wallSeconds < 1.5)
    }

    @Test(arguments: ["sleep 30", "exec 2>&- 3>&-; sleep 30", "sleep 30 & sleep 30"])
    func `a worker that nobody wants any more is ended at once, whole`(script: String) throws {
        let stop = WorkerStop()
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "rowgate-tests-\(UUID().uuidString)").path
        let outcome = "\(folder)/out"
        // What it was writing, under the name that it writes by.
        let begun = "mkdir -p '\(outcome).partial-'$$; echo 'reading 1 1 1' >&3"
        var worker = Worker(
            executable: "/bin/sh", arguments: ["-c", "\(begun); \(script)"], outcome: outcome)
        worker.environment = ["PATH=/usr/bin:/bin"]
        let report = try worker.run(until: stop) { _ in stop.stop() }
        #expect(report.end == .stopped)
        #expect(report.end.code == nil)
        #expect(report.cost.wallSeconds < 5)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `a worker beyond its memory is ended`() throws {
        // `tail` keeps a line that never ends.
        let report = try run("exec tail -n 1 /dev/zero") { $0.residentSizeMax = 64 << 20 }
        #expect(report.end == .limited(.memory))
        #expect(report.cost.residentSize > 64 << 20)
    }

    @Test(arguments: [
        (SIGXCPU, WorkerLimit.processorTime), (SIGXFSZ, WorkerLimit.fileSize),
    ])
    func `what the system ends at a limit is told so`(signal: Int32, limit: WorkerLimit) throws {
        #expect(try run("kill -\(signal) $$").end == .limited(limit))
    }

    @Test func `no more address space is a limit, not a crash`() throws {
        let said = "echo 'Could not allocate memory.' >&2; kill -6 $$"
        #expect(try run(said).end == .limited(.memory))
    }

    @Test func `progress comes over its pipe, words over theirs`() throws {
        var sights: [WorkerSight] = []
        let told = "echo reading 7 30 400 >&3; sleep 0.2; echo judging 12 400 400 >&3"
        let report = try run("\(told); sleep 0.2; echo done >&2") { _ in
        } progress: {
            sights.append($0)
        }
        #expect(sights.first?.stage == "reading" && sights.first?.rowCount == 7)
        #expect(sights.first?.sizeRead == 30 && sights.first?.size == 400)
        #expect(sights.last?.stage == "judging" && sights.last?.rowCount == 12)
        #expect(sights.allSatisfy { $0.secondsLeft == nil && $0.share == nil })
        #expect(report.said == "done\n")
    }

    @Test func `of many words the last are kept`() throws {
        let report = try run("yes words | head -n 100000 >&2; echo end >&2")
        #expect(report.said.hasSuffix("end\n"))
        #expect(report.said.utf8.count <= 4_096)
    }

    @Test func `a program that is not there is no crash of a file`() {
        let worker = Worker(executable: "/nowhere/rowgate", arguments: [])
        #expect(throws: WorkerError(what: "start", errno: ENOENT)) { try worker.run() }
    }

    @Test(arguments: [
        (0, 10), (10 << 20, 11), (100 << 20, 20), (500 << 20, 60), (1 << 40, 60),
    ])
    func `processor time grows with what there is to inflate`(size: UInt64, seconds: Int) {
        #expect(WorkerLimits().processorSeconds(forInflatedSize: size) == seconds)
    }
}
