import Foundation
import HTTPTypes
import Ledger
import Workers

/// The commands that a site has done for it, each in a process of its own: what people hand in is
/// never read in this one.
struct SiteCommands: Sendable {
    let configuration: SiteConfiguration

    /// What a command came to.
    struct Outcome: Sendable {
        let end: WorkerEnd
        /// What it said last, for people.
        let said: String

        var status: Int32? {
            if case .exited(let status) = end { return status }
            return nil
        }

        /// What a command ends with that is at fault itself (sysexits.h, EX_SOFTWARE).
        private static let ourFault: Int32 = 70

        /// Why it was not done, for people: the sentence alone, without the command's name before
        /// it and the code behind it. Nil where it broke off, or is at fault itself.
        var refusal: String? {
            guard let status, status != Self.ourFault else { return nil }
            let last = said.split(separator: "\n").last.map(String.init)?.trimmed ?? ""
            let text = last.replacing(#/^rowgate: /#, with: "")
                .replacing(#/ \[[a-z0-9_.]+\]$/#, with: "")
            return text.isEmpty ? nil : text
        }

        /// The same as what ends a request.
        ///
        /// - Parameter key: of the page's texts.
        func problem(_ key: String) -> PageError {
            guard let refusal else { return PageError(.internalServerError) }
            return PageError(.badRequest, key, ["reason": refusal])
        }
    }

    /// Does one, and waits for its end.
    ///
    /// - Parameters:
    ///   - outcome: the folder that it writes, if it does.
    ///   - isAccepting: whether it accepts what comes of a file.
    ///   - stop: ends it at once, whenever it is told to.
    ///   - progress: called with how far it is, some times a second.
    func run(
        _ arguments: [String], outcome: String? = nil, isAccepting: Bool = false,
        until stop: WorkerStop = WorkerStop(),
        progress: @escaping @Sendable (WorkerSight) -> Void = { _ in }
    ) async throws -> Outcome {
        var worker = Worker(
            executable: configuration.executable, arguments: arguments, outcome: outcome)
        // Where it broke down would be looked for longer than most files take.
        worker.environment = ["SWIFT_BACKTRACE=enable=no"] + configuration.environment
        // What a command prints names customers; a log must not.
        worker.isQuiet = true
        worker.isAccepting = isAccepting
        return try await Blocking.run { [worker] in
            let report = try worker.run(until: stop, progress: progress)
            return Outcome(end: report.end, said: report.said)
        }
    }

    /// Options of every command that remembers.
    func memory(of reseller: String, by actor: String, in language: String) -> [String] {
        [
            "--ledger", configuration.files.ledgerPath, "--reseller=\(reseller)",
            "--by=\(actor)", "--lang", language,
        ]
    }
}
