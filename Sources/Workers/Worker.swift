import Gate

/// Judges one file in a process of its own: whatever the file does to it, it is done to that file
/// alone.
///
///     let worker = Worker(executable: "/usr/bin/rowgate", arguments: ["worker", "a.xlsx", …])
///     let end = try worker.run { sight in … }
///
/// The worker writes the same outcome as an import does, whole or not at all.
package struct Worker: Sendable {
    /// How often a file is tried that makes the worker break down.
    private static let attemptCountMax = 2

    let executable: String
    let arguments: [String]
    /// Where the outcome is to stand; what a broken worker left beside it is removed.
    let outcome: String?
    package var limits = WorkerLimits()
    /// `NAME=value`; a worker gets nothing else of this process's environment.
    package var environment: [String] = []
    /// Whether what it prints goes nowhere; else it goes where this process prints.
    package var isQuiet = false
    /// Whether what comes of the file is accepted, which takes several times as long as a look.
    package var isAccepting = false

    /// - Parameter arguments: those of `rowgate worker`, the command's name first.
    package init(executable: String, arguments: [String], outcome: String? = nil) {
        self.executable = executable
        self.arguments = arguments
        self.outcome = outcome
    }

    /// Runs it to its end. A worker that breaks down is tried once more: the machine may have been
    /// at fault. Nothing of it is left then, no process and no file.
    ///
    /// - Parameters:
    ///   - stop: ends it at once, whenever it is told to.
    ///   - progress: called with how far it is, some times a second.
    /// - Throws: `WorkerError` when no process can be started.
    package func run(
        until stop: WorkerStop = WorkerStop(), progress: (WorkerSight) -> Void = { _ in }
    ) throws(WorkerError) -> WorkerReport {
        var attempt = 1
        while true {
            var process = try WorkerProcess(
                executable, arguments, environment: environment, isQuiet: isQuiet,
                isAccepting: isAccepting)
            let report = process.wait(within: limits, until: stop, progress: progress)
            if report.end.code != nil || report.end == .stopped, let outcome {
                OutcomeFolder.removePartial(of: outcome, name: "\(process.id)")
            }
            guard case .crashed = report.end, attempt < Self.attemptCountMax else { return report }
            attempt += 1
        }
    }
}
