import ArgumentParser
import Catalogue
import Gate
import Ledger

/// `rowgate history`: the uploads of a reseller, or the steps of one.
struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history", abstract: "Lists uploads and what became of their steps.")

    /// Lines that a list of uploads has.
    private static let countMax = 100

    @Argument(help: ArgumentHelp("One upload, 12 or 12.1: its steps.", valueName: "upload"))
    var upload: UploadID?

    @Flag(help: "Everything that was done, by whom and when.")
    var audit = false

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let ledger = try SQLiteLedger(path: memory.ledger, .reading)
            if audit { return try printAudit(ledger) }
            if let upload { return try printSteps(of: upload, ledger, try messages()) }
            for entry in try ledger.history(of: memory.user.reseller, countMax: Self.countMax) {
                let states = OperationState.allCases.compactMap { state in
                    entry.operations[state].map { "\($0) \(state.word)" }
                }
                try Console.print(
                    [
                        "\(entry.id)", entry.portal, entry.stamp.time, entry.stamp.actor,
                        entry.workbookName, states.joined(separator: ", "), entry.folder,
                    ].joined(separator: "\t"))
            }
        }
    }

    private func printSteps(
        of upload: UploadID, _ ledger: SQLiteLedger, _ messages: Messages
    ) throws {
        for step in try ledger.operations(of: upload, of: memory.user.reseller) {
            let place = step.rowNumber.map { "\(step.sheet ?? "") \($0)" } ?? ""
            try Console.print(
                [
                    "\(step.sequence)", step.state.word, step.kind, step.name, place,
                    step.note ?? "",
                ].joined(separator: "\t"))
        }
    }

    private func printAudit(_ ledger: SQLiteLedger) throws {
        for entry in try ledger.audit(of: memory.user.reseller) {
            try Console.print(
                [
                    entry.stamp.time, entry.stamp.actor, entry.portal, entry.action, entry.object,
                    entry.outcome, entry.hash,
                ].joined(separator: "\t"))
        }
    }
}

extension UploadID: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension OperationState {
    /// As lists have it.
    var word: String {
        switch self {
        case .ready: "ready"
        case .handedOver: "handed over"
        case .done: "done"
        case .refused: "refused"
        case .unknown: "unknown"
        case .notNeeded: "not needed"
        case .takenBack: "taken back"
        }
    }
}
