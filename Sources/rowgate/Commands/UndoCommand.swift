import ArgumentParser
import Catalogue
import Foundation
import Gate
import Imports
import Ledger
import Portals
import Validation

/// `rowgate undo UPLOAD`: what can be taken back of an upload; with `--confirm` it is.
struct UndoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Says what can be taken back of an upload, and does it.")

    @Argument(help: "The upload, 12 or 12.1.")
    var upload: UploadID

    @Flag(help: "Does it; without, only says what would be done.")
    var confirm = false

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The folder for what must be taken back at the portal.", valueName: "dir"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "Writes what would be done, a line each, instead of printing it.", valueName: "file"))
    var plan: String?

    @Option(help: "Why; it stands beside the steps that are called off.")
    var note: String?

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate()
            let remembering = try memory.open(confirm ? .writing : .reading, gate)
            let entry = try remembering.attempt(upload)
            let inputs = try remembering.inputs(common.inputs())
            let plan = try gate.plan(try gate.plan(ofPortal: entry.portal), for: inputs)
            let undo = try remembering.undoPlan(of: upload, plan)
            let messages = try messages()
            try tell(undo, plan.definition.title, messages)
            if confirm { try take(undo, remembering, gate, plan, inputs, messages) }
        }
    }

    private func tell(_ undo: UndoPlan, _ portal: String, _ messages: Messages) throws {
        var lines = undo.lines.map { line in
            let fields = line.fieldsKept.map { $0.text(in: common.lang) }
            return messages.fragment(
                "undo.\(line.fate.rawValue)" + (fields.isEmpty ? "" : "_fields"),
                [
                    "sheet": line.sheet.text(in: common.lang), "record": line.name,
                    "portal": portal, "field": fields.joined(separator: ", "),
                ])
        }
        lines += undo.steps.map { step in
            messages.fragment(
                "undo.called_off",
                [
                    "sheet": step.sheet.text(in: common.lang), "record": step.name,
                    "portal": portal,
                ])
        }
        let spent = messages.fragment("undo.spent", ["count": "\(undo.spent)"])
        if let plan {
            if undo.spent > 0 { lines.append(spent) }
            let text = lines.map { "\($0)\n" }.joined()
            return try Data(text.utf8).write(to: URL(filePath: plan))
        }
        for line in lines { try Console.print(line) }
        if undo.spent > 0 { Console.say(spent) }
        if !confirm { Console.say(messages.fragment("undo.confirm")) }
    }

    private func take(
        _ undo: UndoPlan, _ remembering: RememberingGate, _ gate: Gate, _ plan: ValidationPlan,
        _ inputs: KnownInputs, _ messages: Messages
    ) throws {
        guard !undo.hasRows || output != nil else {
            throw UsageError("Some of it must be taken back at the portal: name a folder with -o.")
        }
        let words = note ?? messages.fragment("undo.note", ["upload": "\(upload)"])
        let count = try remembering.callOff(undo, of: upload, note: words, plan)
        if count > 0 {
            Console.say(messages.fragment("undo.done", ["count": "\(count)"]))
        }
        let remember = { counter in
            try remembering.remember(
                undo, of: upload, by: counter, count: count, note: note, plan)
        }
        guard undo.hasRows, let output else { return try remember(nil) }
        let workbook = try remembering.workbook(
            of: undo, named: "undo-\(upload).xlsx", plan, try gate.known(of: plan, inputs),
            messages)
        var judged = try remembering.judge(
            GateRequest(workbook, portal: plan.definition.portal, inputs: inputs))
        let accepted = try remembering.accept(&judged, inFolder: output) {
            Outcome($0, messages: messages)
        }
        try remember(accepted?.id)
        if let accepted {
            Console.say(messages.fragment("upload.remembered", ["upload": "\(accepted.id)"]))
            Console.say("The outcome is in \(output).")
        }
        throw ExitStatus.of(judged.judgement)
    }
}
