package import Portals
package import Spreadsheet
package import Validation

/// What is handed in beside a workbook: everything that judging may know.
package struct KnownInputs: Sendable {
    /// The names of the portal's first directory; nil: no list.
    package var names: ListFile?
    /// Names of directories by their ids, in the order in which they were handed in.
    package var lists: [(directory: String, file: ListFile)] = []
    /// Customers that exist already; nil: nothing is known.
    package var existing: ListFile?
    /// Those that are remembered, by portal: beneath what is handed in.
    package var remembered: [String: SettingsFile] = [:]
    package var settings: SettingsFile?
    /// `name=value`, each put in place after the file's.
    package var assignments: [String] = []
    package var today: CivilDate

    package init(today: CivilDate) { self.today = today }

    /// Answers with all that may be known: the step between reading and judging.
    ///
    /// - Parameter portals: the ids of all portals, for settings files that speak of several.
    /// - Throws: `ListFile.Failure`, `DefinitionError` for settings.
    package func known(for definition: Definition, portals: [String]) throws -> Known {
        var known = Known(settings: try settings(of: definition, portals: portals), today: today)
        for (id, file) in try files(for: definition) {
            let directory = definition.directories.first { $0.id == id }
            known.directories[id] = try DirectoryList(file, of: directory).directory
        }
        if let existing {
            known.records =
                try ExistingList(existing, of: definition, settings: known.settings).records
        }
        return known
    }

    /// The lists by the ids of their directories.
    func files(
        for definition: Definition
    ) throws(UnknownList) -> [(String, ListFile)] {
        var files: [(String, ListFile)] = []
        if let names, let directory = definition.directories.first {
            files.append((directory.id, names))
        }
        for (id, file) in lists {
            guard definition.directories.contains(where: { $0.id == id }) else {
                throw UnknownList(found: id, known: definition.directories.map(\.id))
            }
            files.append((id, file))
        }
        return files
    }

    func settings(
        of definition: Definition, portals: [String]
    ) throws(DefinitionError) -> Settings {
        var result = definition.settings
        for settings in [remembered[definition.portal], settings].compactMap(\.self) {
            result = try result.changed(
                byYAML: settings.text, file: settings.name, portal: definition.portal,
                portals: portals)
        }
        for assignment in assignments { result = try result.changed(byAssignment: assignment) }
        return result
    }

    /// Their hashes in a fixed order; nil for what was not handed in.
    ///
    /// - Throws: `ZipError` for a file that cannot be read any more.
    func digests() throws -> [(name: String, sha256: String?)] {
        var digests: [(name: String, sha256: String?)] = [
            ("directories", try names?.file.sha256), ("existing", try existing?.file.sha256),
            ("settings", settings?.sha256),
        ]
        for (portal, settings) in remembered.sorted(by: { $0.key < $1.key }) {
            digests.append(("settings.\(portal)", settings.sha256))
        }
        for (id, list) in lists { digests.append(("directories.\(id)", try list.file.sha256)) }
        return digests
    }
}

/// Somebody handed in a list that the portal has no use for.
package struct UnknownList: Error {
    package var found: String
    package var known: [String]

    package init(found: String, known: [String]) {
        self.found = found
        self.known = known
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
