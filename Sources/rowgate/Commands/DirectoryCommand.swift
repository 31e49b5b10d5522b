import ArgumentParser
import Catalogue
import Gate
import Imports
import Ledger
import Portals
import Validation

/// `rowgate directory load|list|show`: the lists that names are looked up in.
struct DirectoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "directory", abstract: "Keeps the lists that names are looked up in.",
        subcommands: [LoadDirectory.self, ListDirectories.self, ShowDirectory.self])
}

/// `rowgate directory load PORTAL FILE`
struct LoadDirectory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Puts a list in the place of an earlier one.")

    @Argument(help: "The portal.")
    var portal: String

    @Argument(help: "The names: text, CSV or XLSX.")
    var file: String

    @Option(
        name: .customLong("list"),
        help: ArgumentHelp("Which list of the portal, else its first.", valueName: "name"))
    var list: String?

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate(portal: portal)
            let directories = try gate.plan(ofPortal: portal).definition.directories
            let id = list ?? directories.first?.id ?? ""
            guard let directory = directories.first(where: { $0.id == id }) else {
                throw UnknownList(found: id, known: directories.map(\.id))
            }
            let file = ListFile(try InputFile(openingList: file))
            let names = try DirectoryList(file, of: directory).directory
            let remembering = try memory.open(.making, gate)
            try remembering.load(names, as: id, from: file.name, ofPortal: portal)
            let title = directory.title.text(in: common.lang)
            Console.say(
                try messages().fragment(
                    "directory.loaded", ["count": "\(names.count)", "list": title]))
        }
    }
}

/// `rowgate directory list PORTAL`
struct ListDirectories: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Says which lists there are, from when, and how long.")

    @Argument(help: "The portal.")
    var portal: String

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) {
            let remembering = try memory.open(.reading, try common.gate(portal: portal))
            for list in try remembering.ledger.lists(in: remembering.scope(ofPortal: portal)) {
                try Console.print(
                    [
                        list.directory, "\(list.count)", list.source, list.stamp.time,
                        list.stamp.actor,
                    ].joined(separator: "\t"))
            }
        }
    }
}

/// `rowgate directory show PORTAL`
struct ShowDirectory: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the names of a list, a line each.")

    @Argument(help: "The portal.")
    var portal: String

    @Argument(help: "Which list of the portal, else its first.")
    var list: String?

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) {
            let gate = try common.gate(portal: portal)
            let remembering = try memory.open(.reading, gate)
            let lists = try remembering.ledger.lists(in: remembering.scope(ofPortal: portal))
            let id = try list ?? gate.plan(ofPortal: portal).definition.directories.first?.id ?? ""
            guard let list = lists.first(where: { $0.directory == id }) else {
                throw UnknownList(found: id, known: lists.map(\.directory))
            }
            try Console.put(list.lines[...])
        }
    }
}
