import ArgumentParser
import Catalogue
import Gate
import Imports
import Ledger
import Portals
import Validation

/// `rowgate done UPLOAD [STEP…]`: what became of steps that people see to.
struct DoneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "done", abstract: "Says what became of the steps of an upload.")

    @Argument(help: "The upload, 12 or 12.1.")
    var upload: UploadID

    @Argument(
        help: "Steps by name, number or kind; without any, all that nobody has seen to yet.")
    var steps: [String] = []

    @Flag(help: "The portal refused them: their rows come back.")
    var refused = false

    @Flag(help: "Somebody is at them.")
    var handedOver = false

    @Flag(help: "Nobody can tell.")
    var unknown = false

    @Flag(help: "Nobody has seen to them after all; of refused ones, the rows stand again.")
    var ready = false

    @Flag(help: "What they ask for is so already, or nobody wants it any more.")
    var notNeeded = false

    @Option(help: "The portal's words.")
    var note: String?

    @Option(
        help: ArgumentHelp(
            "The portal's own list: steps whose customers are in it are done.", valueName: "file"))
    var list: String?

    @Option(
        help: ArgumentHelp(
            "Where refused rows go, as a workbook; else UPLOAD-refused.xlsx.", valueName: "file"))
    var rejected: String?

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
        let verdicts = [refused, handedOver, unknown, ready, notNeeded, list != nil]
        if verdicts.count(where: \.self) > 1 {
            throw ValidationError(
                "Only one of --refused, --handed-over, --unknown, --ready, --not-needed and "
                    + "--list.")
        }
        if list != nil && !steps.isEmpty {
            throw ValidationError("--list looks for every row; name no steps beside it.")
        }
    }

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate()
            let remembering = try memory.open(.writing, gate)
            let entry = try remembering.attempt(upload)
            let inputs = try remembering.inputs(common.inputs())
            let plan = try gate.plan(try gate.plan(ofPortal: entry.portal), for: inputs)
            let messages = try messages()
            let moved: [OperationEntry]
            do {
                moved = try settle(remembering, gate, plan, inputs)
            } catch let row as SupersededRow {
                let sheet = plan.definition.sheets.first { $0.id == row.sheet }
                let place = [
                    "sheet": sheet?.title.text(in: messages.language) ?? row.sheet,
                    "row": "\(row.rowNumber)",
                ]
                Console.say(messages.fragment("done.superseded", place))
                throw ExitStatus.usage
            }
            Console.say(messages.fragment("done.moved", Self.counts(of: moved)))
            if list != nil {
                let openCount = try remembering.openCount(of: upload)
                Console.say(messages.fragment("done.not_listed", ["count": "\(openCount)"]))
            }
            try giveBack(moved, remembering, inputs, messages)
        }
    }

    private func settle(
        _ remembering: RememberingGate, _ gate: Gate, _ plan: ValidationPlan,
        _ inputs: KnownInputs
    ) throws -> [OperationEntry] {
        if let list {
            var inputs = inputs
            let file = ListFile(try InputFile(openingList: list))
            inputs.existing = file
            let records = try gate.known(of: plan, inputs).records ?? KnownRecords()
            return try remembering.settle(upload, by: records, named: file.name, plan)
        }
        let others: [(isMeant: Bool, state: OperationState)] = [
            (refused, .refused), (handedOver, .handedOver), (unknown, .unknown), (ready, .ready),
            (notNeeded, .notNeeded),
        ]
        let state = others.first(where: \.isMeant)?.state ?? .done
        return try remembering.settle(
            steps.isEmpty ? .open : .named(steps), of: upload,
            as: OperationVerdict(state, note: note), plan)
    }

    private func giveBack(
        _ moved: [OperationEntry], _ remembering: RememberingGate, _ inputs: KnownInputs,
        _ messages: Messages
    ) throws {
        guard let judgement = try remembering.refused(upload, among: moved, inputs) else { return }
        let path = rejected ?? "\(upload)-refused.xlsx"
        try Outcome(judgement, messages: messages).writeRejected(to: path)
        Console.say(
            messages.fragment(
                "done.given_back",
                ["count": "\(judgement.counts.rejected)", "reason": path]))
    }

    private static func counts(of moved: [OperationEntry]) -> [String: String] {
        var counts = ["fixed": "\(moved.count { $0.state == .done })"]
        let refused = moved.count { $0.state == .refused }
        if refused > 0 { counts["wrong"] = "\(refused)" }
        let ready = moved.count { $0.state == .ready }
        if ready > 0 { counts["new"] = "\(ready)" }
        return counts
    }
}
