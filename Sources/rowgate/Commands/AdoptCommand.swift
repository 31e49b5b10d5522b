import ArgumentParser
import Catalogue
import Foundation
import Gate
import Imports
import JSON
import Ledger
import Portals
import Reports
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

    @Option(
        help: ArgumentHelp(
            "What --dry-run counted, and somebody agreed to: nothing else is taken.",
            valueName: "mark"))
    var approved: String?

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate(portal: portal)
            let remembering = try memory.open(.making, gate)
            let inputs = try remembering.inputs(common.inputs())
            let file = ListFile(try InputFile(openingList: workbook))
            let plan = try gate.plan(try gate.plan(ofPortal: portal), for: inputs)
            let list = try gate.adoptable(file, with: plan, inputs)
            let scope = remembering.scope(ofPortal: portal)
            let (ledger, stamp) = (remembering.ledger, remembering.stamp)
            let adoption =
                dryRun
                ? try ledger.adoption(
                    of: list.records, from: file.name, plan, in: scope, by: stamp)
                : try ledger.adopt(
                    list.records, from: file.name, plan, in: scope, by: stamp, approved: approved)
            guard let adoption else { throw ExitStatus.changedSince }
            if let path = self.counts {
                try Data(try text(adoption, list, of: file, plan.definition).utf8).write(
                    to: URL(filePath: path), options: .atomic)
            }
            try say(adoption.all, list, of: file, plan.definition, try messages())
            if list.leftOutCount > 0 { throw ExitStatus.someToFix }
        }
    }

    /// In words: why rows are left out, and what all comes to.
    private func say(
        _ counts: AdoptionCounts, _ list: AdoptableList, of file: ListFile,
        _ definition: Definition, _ messages: Messages
    ) throws {
        for problem in try list.problems(messages) {
            Console.say("\(problem.place(in: file)): \(problem.message) \(problem.remedy)")
        }
        var arguments = ["new": "\(counts.added)", "portal": definition.title]
        for (name, count) in [
            ("fixed", counts.changed), ("count", counts.same), ("gone", counts.nameless),
            ("wrong", list.leftOutCount),
        ] where count > 0 {
            arguments[name] = "\(count)"
        }
        Console.say(messages.fragment(dryRun ? "adoptable" : "adopted", arguments))
    }

    /// The same for programs: each problem in every language there is, as nobody knows who reads
    /// it.
    private func text(
        _ adoption: Adoption, _ list: AdoptableList, of file: ListFile, _ definition: Definition
    ) throws -> String {
        var problems: [[RenderedFinding]] = []
        for language in Messages.languages {
            problems.append(try list.problems(Messages(language: language)))
        }
        let leftOut = list.leftOutCounts
        return JSONWriter.object { json in
            json.members(of: adoption.all, leftOut: list.leftOutCount)
            json.member("mark", adoption.mark)
            json.list("sheets", Array(definition.sheets.indices)) { json, sheet in
                json.member("sheet", definition.sheets[sheet].id)
                json.members(of: adoption.counts[sheet], leftOut: leftOut[sheet])
            }
            json.list("problems", Array(problems.first?.indices ?? 0..<0)) { json, problem in
                let one = problems[0][problem]
                json.member("code", one.code.rawValue)
                json.member("row", one.row ?? 0)
                json.member("place", one.place(in: file))
                json.object("texts") { json in
                    for (language, own) in zip(Messages.languages, problems) {
                        json.member(language, "\(own[problem].message) \(own[problem].remedy)")
                    }
                }
            }
        }
    }
}

extension RenderedFinding {
    /// `B7`, or `Contacts!B7` in a file of several tables.
    fileprivate func place(in file: ListFile) -> String {
        let cell = cell ?? row.map { "\($0)" } ?? ""
        guard let sheet, sheet != file.name else { return cell }
        return "\(sheet)!\(cell)"
    }
}

extension JSONWriter {
    fileprivate mutating func members(of counts: AdoptionCounts, leftOut: Int) {
        member("added", counts.added)
        member("changed", counts.changed)
        member("same", counts.same)
        member("nameless", counts.nameless)
        member("leftOut", leftOut)
    }
}
