import ArgumentParser
import Catalogue
import Glibc
import Validation
import Workers

/// `rowgate import --isolated`: starts `rowgate worker` with the same arguments and tells how it
/// ended.
struct IsolatedImport {
    private var worker: Worker

    init(_ importing: ImportingOptions) {
        let arguments = CommandLine.arguments.dropFirst(2).filter { $0 != "--isolated" }
        worker = Worker(
            executable: "/proc/self/exe", arguments: ["worker"] + arguments,
            outcome: importing.output)
        worker.isAccepting = true
        // Where it broke down would be looked for longer than most files take.
        worker.environment =
            ["SWIFT_BACKTRACE=enable=no"] + WorkerEnvironment.inherited
    }

    /// - Returns: what the process ends with.
    func run(
        _ messages: () throws -> Messages, progress: (WorkerSight) -> Void
    ) throws -> ExitCode {
        let report = try worker.run(progress: progress)
        let end = report.end
        if case .exited(let status) = end {
            Console.write(Array(report.said.utf8)[...], to: STDERR_FILENO)
            return ExitCode(status)
        }
        guard let code = end.code else { return ExitStatus.ourFault }
        let messages = try messages()
        let arguments = ["reason": reason(end, messages)]
        Console.say(
            "rowgate: \(messages.sentence(code, arguments)) "
                + "\(messages.remedy(code, arguments)) [\(code.rawValue)]")
        return ExitStatus.notJudged
    }

    private func reason(_ end: WorkerEnd, _ messages: Messages) -> String {
        guard case .limited(let limit) = end else { return "" }
        let limits = worker.limits
        return switch limit {
        case .wallTime: messages.fragment("limit.seconds", ["count": "\(limits.wallSeconds)"])
        case .processorTime: messages.fragment("limit.processor_time")
        case .memory:
            messages.fragment("limit.memory", ["count": "\(limits.residentSizeMax >> 20)"])
        case .fileSize: messages.fragment("limit.memory", ["count": "\(limits.fileSizeMax >> 20)"])
        }
    }
}
