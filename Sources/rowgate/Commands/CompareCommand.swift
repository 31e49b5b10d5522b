import ArgumentParser
import Catalogue
import Gate
import Imports
import Ledger
import Portals
import Reports
import Validation

/// `rowgate compare PORTAL`: what the portal's own list says other than what is known.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compares the portal's list of customers with your lists and an invoice.")

    @Argument(help: "The portal.")
    var portal: String

    @Option(help: ArgumentHelp("The portal's own list: CSV or XLSX.", valueName: "file"))
    var portalList: String

    @Option(help: ArgumentHelp("What is billed: CSV or XLSX.", valueName: "file"))
    var invoice: String?

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Where the differences go, as a workbook.", valueName: "file"))
    var output: String

    @OptionGroup var lists: ListOptions
    @OptionGroup var memory: LedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let streams = [portalList, invoice, lists.domains, lists.existing, common.settings]
            if streams.count(where: { $0 == "-" }) > 1 {
                throw UsageError("Standard input can be only one of the files.")
            }
            let gate = try common.gate(portal: portal)
            let remembering = try memory.open(.reading).map { try memory.gate(gate, $0) }
            let inputs = try lists.inputs(common)
            let request = ComparisonRequest(
                ListFile(try InputFile(openingList: portalList)),
                invoice: try invoice.map { ListFile(try InputFile(openingList: $0)) },
                inputs: try remembering?.inputs(inputs) ?? inputs)
            let plan = try gate.plan(try gate.plan(ofPortal: portal), for: request.inputs)
            let comparison = try gate.compare(
                request, with: plan, memory: remembering?.memory(plan) ?? KnownAnswer())
            guard let comparison else {
                throw UsageError("\(plan.definition.title) has no list to compare with.")
            }
            try tell(comparison, try messages())
        }
    }

    private func tell(_ comparison: Comparison, _ messages: Messages) throws {
        let text = ComparisonText(
            comparison.differences, of: comparison.definition, sheet: comparison.sheet,
            directory: comparison.directory, messages: messages)
        try Destination(output).write { _ = try ComparisonWorkbook(text).write(to: $0) }
        if output == "-" { Console.say(text.summary) } else { try Console.print(text.summary) }
        throw comparison.differences.all.isEmpty ? ExitStatus.allReady : ExitStatus.someToFix
    }
}
