import ArgumentParser
import Catalogue
import Foundation
import Gate
import Portals
import Spreadsheet
import Zip

/// What every command that knows portals takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "A YAML file of settings.")
    var settings: String?

    @Option(
        name: .customLong("set"),
        help: ArgumentHelp("One setting, put in place after the file's.", valueName: "name=value"))
    var assignments: [String] = []

    @Option(help: ArgumentHelp("The day to judge by, else today.", valueName: "YYYY-MM-DD"))
    var today: String?

    @Option(
        help: ArgumentHelp(
            "A folder of portals, else ROWGATE_TEMPLATES, else the built-in ones.", valueName: "dir"
        ))
    var templates: String?

    @Option(help: "The language of what is written: en or de.")
    var lang: String = "en"

    /// Today in UTC, unless told.
    func date() throws -> CivilDate {
        guard let today else {
            let days = Int(Date().timeIntervalSince1970 / 86_400)
            guard let date = CivilDate(year: 1970, month: 1, day: 1)?.adding(days: days) else {
                throw UsageError("The clock of this machine is wrong. Give the day with --today.")
            }
            return date
        }
        guard let date = CivilDate(iso: today) else {
            throw UsageError("--today takes a date such as 2026-11-21, not “\(today)”.")
        }
        return date
    }

    /// Nil: the copies in the binary alone; so does an empty `ROWGATE_TEMPLATES`.
    var templatesFolder: String? { TemplatesFolder(named: templates).path }

    /// What judges workbooks of every portal, or of one that is named: to read all Definitions
    /// takes longer than judging a small workbook.
    func gate(portal: String? = nil) throws -> Gate {
        let source = try TemplatesFolder(path: templatesFolder).source()
        let portals = source.portals
        guard let portal else { return try Gate(source.all(), portals: portals) }
        guard portals.contains(portal) else { throw UnknownPortal(found: portal, known: portals) }
        return try Gate([source.definition(of: portal)], portals: portals)
    }

    /// What may be known without a list.
    func inputs() throws -> KnownInputs {
        var inputs = KnownInputs(today: try date())
        inputs.settings = try settingsFile()
        inputs.assignments = assignments
        return inputs
    }

    func settingsFile() throws -> SettingsFile? {
        guard let settings else { return nil }
        let file = try InputFile(openingList: settings)
        do throws(ZipError) {
            return SettingsFile(name: file.name, text: try file.text(), sha256: try file.sha256)
        } catch {
            throw UsageError("The settings in “\(settings)” can't be read: \(error.found).")
        }
    }
}

/// A command that was called wrongly: exit 64.
struct UsageError: Error {
    var text: String

    init(_ text: String) { self.text = text }
}
