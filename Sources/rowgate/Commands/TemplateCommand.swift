import ArgumentParser
import Foundation
import Gate
import Portals
import Reports
import Validation
import Zip

/// `rowgate template PORTAL`: the blank workbook; `rowgate template adopt`: the portal's own.
struct TemplateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Makes a portal's blank workbook.",
        subcommands: [MakeTemplate.self, AdoptTemplate.self], defaultSubcommand: MakeTemplate.self)
}

struct MakeTemplate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "make", abstract: "Makes a portal's blank workbook.")

    @Argument(help: "The portal.")
    var portal: String

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "Where it goes, else PORTAL.xlsx; - for standard output.", valueName: "file"))
    var output: String?

    @Flag(help: "Writes one row for each name of the list that is not a customer yet.")
    var fill = false

    @OptionGroup var lists: ListOptions
    @OptionGroup var common: CommonOptions

    /// A name of our own choosing never replaces somebody's file.
    private func freePath() throws -> String {
        let path = "\(portal).xlsx"
        guard !FileManager.default.fileExists(atPath: path) else {
            throw UsageError("There is a \(path) already. Name the file with -o.")
        }
        return path
    }

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            if fill && lists.domains == nil && lists.lists.isEmpty {
                throw UsageError("--fill needs the names to fill in: give them with --domains.")
            }
            let gate = try common.gate(portal: portal)
            let inputs = try lists.inputs(common)
            let plan = try gate.plan(try gate.plan(ofPortal: portal), for: inputs)
            let known = try gate.known(of: plan, inputs)
            let template = TemplateWorkbook(
                plan, known: known, messages: try messages(), fills: fill)
            let path = try output ?? freePath()
            try Destination(path).write { _ = try template.write(to: $0) }
            let title = plan.definition.title
            if path != "-" { Console.say("The blank workbook for \(title) is \(path).") }
        }
    }
}
