package import Portals
package import Spreadsheet
import Validation

/// What is to be judged, and what may be known about it.
package struct GateRequest {
    package enum HiddenRows: String, Sendable, CaseIterable {
        /// Judged like all others.
        case take
        /// Counted and set apart.
        case leave
    }

    package var input: InputFile
    /// Nil: the portal is recognised from the workbook.
    package var portal: String?
    /// The names that the portal's directory has; nil: no list.
    package var names: ListFile?
    /// Customers that exist already; nil: nothing is known.
    package var existing: ListFile?
    /// A file of settings: its name and its text.
    package var settings: SettingsFile?
    /// `name=value`, each put in place after the file's.
    package var assignments: [String] = []
    package var hiddenRows: HiddenRows?
    package var today: CivilDate

    package init(_ input: InputFile, today: CivilDate) {
        self.input = input
        self.today = today
    }

    /// A Definition's settings with the request's put in place.
    package func settings(
        of definition: Definition, portals: [String]
    ) throws(DefinitionError) -> Settings {
        var result = definition.settings
        if let settings {
            result = try result.changed(
                byYAML: settings.text, file: settings.name, portal: definition.portal,
                portals: portals)
        }
        for assignment in assignments { result = try result.changed(byAssignment: assignment) }
        return result
    }

    /// All that judging may know: the step between reading and judging.
    func known(for definition: Definition, portals: [String]) throws -> Known {
        var known = Known(settings: try settings(of: definition, portals: portals), today: today)
        if let names, let directory = definition.directories.first {
            known.directories[directory.id] = try DirectoryList(names).directory
        }
        if let existing { known.records = try ExistingList(existing, of: definition).records }
        return known
    }
}

/// A settings file as it was read.
package struct SettingsFile: Sendable {
    package var name: String
    package var text: String
    package var sha256: String

    package init(name: String, text: String, sha256: String) {
        self.name = name
        self.text = text
        self.sha256 = sha256
    }
}
