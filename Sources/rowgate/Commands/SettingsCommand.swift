import ArgumentParser
import Catalogue
import Gate
import Imports
import Ledger
import Portals
import Validation

/// `rowgate settings load|show`: what holds for a reseller without being said each time.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "Keeps packages, prices, columns of your own and the like.",
        subcommands: [LoadSettings.self, ShowSettings.self])
}

/// `rowgate settings load PORTAL FILE`
struct LoadSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Puts settings in the place of earlier ones.")

    @Argument(help: "The portal.")
    var portal: String

    @Argument(help: "A YAML file, as --settings takes.")
    var file: String

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let gate = try common.gate(portal: portal)
            var options = common
            options.settings = file
            var inputs = try common.inputs()
            inputs.settings = try options.settingsFile()
            guard let settings = inputs.settings else { return }
            // What no check could use is not kept.
            let plan = try gate.plan(gate.plan(ofPortal: portal), for: inputs)
            let remembering = try memory.open(.making, gate)
            try remembering.load(settings, ofPortal: portal)
            Console.say(
                try messages().fragment("settings.loaded", ["portal": plan.definition.title]))
        }
    }
}

/// `rowgate settings show PORTAL`
struct ShowSettings: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Prints the settings of a portal as they were loaded.")

    @Argument(help: "The portal.")
    var portal: String

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) {
            let remembering = try memory.open(.reading, try common.gate(portal: portal))
            let all = try remembering.ledger.settings(of: remembering.reseller)
            for settings in all where settings.portal == portal {
                try Console.put(Array(settings.text.utf8)[...])
            }
        }
    }
}
