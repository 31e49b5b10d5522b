/// The Definitions this build carries, and how to read others.
package enum Definitions {
    /// Ids of the portals this build carries a Definition of, in alphabetical order.
    package static var embeddedPortals: [String] {
        EmbeddedText.files.compactMap { portal(ofPath: $0.path) }.sorted()
    }

    /// The Definitions this build carries, by portal id.
    ///
    /// - Throws: what `decode` throws; a test decodes them all, so a release never does.
    package static func embedded() throws(DefinitionError) -> [Definition] {
        var definitions: [Definition] = []
        for portal in embeddedPortals { definitions.append(try embedded(portal)) }
        return definitions
    }

    /// Decodes and checks the text of one `portal.yaml`.
    ///
    /// - Parameter file: the name errors give.
    /// - Throws: the first fault found, with its path: `definition.malformed`,
    ///   `definition.key_unknown`, and the other cases of `DefinitionFault`.
    package static func decode(
        yaml: String, file: String
    ) throws(DefinitionError) -> Definition {
        try Definition(Value(yaml: yaml, file: file), file: file)
    }

    static func embedded(_ portal: String) throws(DefinitionError) -> Definition {
        let path = "\(portal)/portal.yaml"
        let file = "Templates/\(path)"
        guard let text = EmbeddedText.files.first(where: { $0.path == path })?.text else {
            throw DefinitionError(
                .missing, file: file, path: "", found: portal,
                allowed: embeddedPortals.joined(separator: ", "))
        }
        return try Definition(Value(embedded: text), file: file)
    }

    /// `studio` of `studio/portal.yaml`; nil for other files.
    private static func portal(ofPath path: String) -> String? {
        let parts = path.split(separator: "/")
        guard parts.count == 2, parts[1] == "portal.yaml" else { return nil }
        return String(parts[0])
    }
}
