import ArgumentParser
import Catalogue
import Foundation
import Gate
import Imports
import JSON
import Ledger
import Portals
import Validation

/// `rowgate adopt PORTAL WORKBOOK`: customers that exist already are known from now on.
struct AdoptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Takes customers that exist already, with nothing to do for them.")

    @Argument(help: "The portal.")
    var portal: String

    @Argument(
        help: "The customers: text, or CSV or XLSX with the headers of the portal's workbook.")
    var workbook: String

    @Option(help: ArgumentHelp("Where the counts go, as JSON.", valueName: "file"))
    var counts: String?

    @Flag(help: "Say what would become known, and take nothing.")
    var dryRun = false

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate(portal: portal)
            let remembering = try memory.open(.making, gate)
            var inputs = try remembering.inputs(common.inputs())
            let file = ListFile(try InputFile(openingList: workbook))
            inputs.existing = file
            let plan = try gate.plan(try gate.plan(ofPortal: portal), for: inputs)
            let records = try gate.known(of: plan, inputs).records
            guard let records else { return }
            let scope = remembering.scope(ofPortal: portal)
            let (ledger, stamp) = (remembering.ledger, remembering.stamp)
            let ofSheets =
                dryRun
                ? try ledger.adoption(of: records, from: file.name, plan, in: scope, by: stamp)
                : [try ledger.adopt(records, from: file.name, plan, in: scope, by: stamp)]
            let counts = ofSheets.reduce(AdoptionCounts(), +)
            if let path = self.counts {
                let sheets = dryRun ? plan.definition.sheets.map(\.id) : []
                try Self.write(counts, Array(zip(sheets, ofSheets)), to: path)
            }
            var arguments = ["new": "\(counts.added)", "portal": plan.definition.title]
            for (name, count) in [
                ("fixed", counts.changed), ("count", counts.same), ("gone", counts.nameless),
            ] where count > 0 {
                arguments[name] = "\(count)"
            }
            Console.say(try messages().fragment(dryRun ? "adoptable" : "adopted", arguments))
        }
    }

    private static func write(
        _ counts: AdoptionCounts, _ sheets: [(id: String, counts: AdoptionCounts)], to path: String
    ) throws {
        let text = JSONWriter.object { json in
            json.members(of: counts)
            json.list("sheets", sheets) { json, sheet in
                json.member("sheet", sheet.id)
                json.members(of: sheet.counts)
            }
        }
        try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    }
}

extension JSONWriter {
    fileprivate mutating func members(of counts: AdoptionCounts) {
        member("added", counts.added)
        member("changed", counts.changed)
        member("same", counts.same)
        member("nameless", counts.nameless)
    }
}
