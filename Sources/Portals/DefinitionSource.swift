/// Where Definitions come from: a folder of templates, and, for portals it lacks, this build.
///
/// It reads no file itself: whoever makes it hands in how to.
package struct DefinitionSource {
    private let folder: String?
    private let folderPortals: [String]
    private let read: (String) -> String?

    /// - Parameters:
    ///   - folder: holds `<portal>/portal.yaml`; nil for the copies in this build alone.
    ///   - portals: the names of its subfolders, to list what it has.
    ///   - read: the text of the file at a path; nil when there is none.
    package init(
        folder: String? = nil, portals: [String] = [],
        read: @escaping (String) -> String? = { _ in nil }
    ) {
        self.folder = folder
        self.folderPortals = portals
        self.read = read
    }

    /// Ids of all portals, in alphabetical order.
    package var portals: [String] {
        let added = folderPortals.filter { text(of: $0) != nil }
        return Set(Definitions.embeddedPortals).union(added).sorted()
    }

    /// The Definition of one portal.
    ///
    /// - Throws: `definition.missing`, which names the portals there are, and whatever is wrong
    ///   with the file.
    package func definition(of portal: String) throws(DefinitionError) -> Definition {
        guard let (file, text) = text(of: portal) else {
            guard portals.contains(portal) else { throw missing(portal) }
            return try Definitions.embedded(portal)
        }
        let definition = try Definitions.decode(yaml: text, file: file)
        guard definition.portal == portal else {
            throw DefinitionError(
                .badValue, file: file, path: "portal", found: definition.portal,
                allowed: "\(portal), the name of its folder")
        }
        return definition
    }

    /// Every portal's Definition, by id.
    package func all() throws(DefinitionError) -> [Definition] {
        var definitions: [Definition] = []
        for portal in portals { definitions.append(try definition(of: portal)) }
        return definitions
    }

    private func text(of portal: String) -> (file: String, text: String)? {
        // A portal's id can come from an uploaded workbook: it must not lead out of the folder.
        guard let folder, portal.isIdentifier else { return nil }
        let file = "\(folder)/\(portal)/portal.yaml"
        return read(file).map { (file, $0) }
    }

    private func missing(_ portal: String) -> DefinitionError {
        DefinitionError(
            .missing, file: folder ?? "Templates", path: "", found: portal,
            allowed: portals.joined(separator: ", "))
    }
}
