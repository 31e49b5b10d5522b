import ArgumentParser
import Gate
import Imports
import Ledger
import Portals
import Reports
import Validation

/// `rowgate export PORTAL`: the customers that are known, to change and upload again.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the customers that are known as a workbook, to change and upload again.")

    @Argument(help: "The portal.")
    var portal: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where it goes; - for standard output.", valueName: "file"))
    var output: String

    @OptionGroup var lists: ListOptions
    @OptionGroup var memory: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate(portal: portal)
            let (plan, known) = try records(gate)
            let export = ExportWorkbook(plan, known: known, messages: try messages())
            if let sheet = export.tooLongSheet {
                throw UsageError(
                    "There are more records for the sheet “\(sheet)” than the "
                        + "\(ExportWorkbook.rowCountMax) rows it has. Export them in parts.")
            }
            try Destination(output).write { _ = try export.write(to: $0) }
            let title = plan.definition.title
            if output != "-" {
                Console.say("What is known of \(title) is in \(output): \(export.rowCount) rows.")
            }
        }
    }

    /// Where the records come from.
    private func records(_ gate: Gate) throws -> (ValidationPlan, Known) {
        let ledger = try memory.open(.reading)
        guard (lists.existing != nil) != (ledger != nil) else {
            throw UsageError(
                "Say who is known: --ledger FILE, or a list of customers with --existing.")
        }
        let remembering = try ledger.map { try memory.gate(gate, $0) }
        var inputs = try lists.inputs(common)
        if let remembering { inputs = try remembering.inputs(inputs) }
        let plan = try gate.plan(try gate.plan(ofPortal: portal), for: inputs)
        var known = try gate.known(of: plan, inputs)
        if let remembering { known.records = try remembering.memory(plan).records }
        return (plan, known)
    }
}
