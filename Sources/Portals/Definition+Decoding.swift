extension Definition {
    /// Decodes and checks one `portal.yaml`.
    ///
    /// - Throws: the first fault in the order of the file; references are looked at last.
    init(yaml: String, file: String) throws(DefinitionError) {
        let root = DefinitionNode(
            value: try Value(yaml: yaml, file: file), path: "", file: file)
        self = try Definition(root)
        try DefinitionCheck(definition: self).run()
    }

    private init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "portal", "version", "title", "settings", "directories", "sheets", "operations",
        ])
        self.init(
            portal: try table.required("portal").id(),
            version: try table.required("version").count(),
            title: try table.required("title").text(),
            settings: try table["settings"].map(Settings.init(defaults:)) ?? Settings(),
            directories: try DirectoryDefinition.all(in: table["directories"]),
            sheets: try table.required("sheets").oneOrMore(of: SheetDefinition.init(_:)),
            operations: try table.list("operations", of: OperationDefinition.init(_:)),
            file: node.file)
    }
}

extension DirectoryDefinition {
    fileprivate static func all(
        in node: DefinitionNode?
    ) throws(DefinitionError) -> [DirectoryDefinition] {
        guard let node else { return [] }
        var directories: [DirectoryDefinition] = []
        for (id, member) in try node.table().members {
            let title = try member.table(["title"]).required("title").localizedText()
            directories.append(.init(id: id, title: title))
        }
        return directories
    }
}

extension SheetDefinition {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "id", "title", "aliases", "entity", "noun", "key", "actions", "updatedByCreate",
            "fields", "rules", "readMe", "examples",
        ])
        let entity = try table.required("entity").id()
        self.init(
            id: try table.required("id").id(),
            title: try table.required("title").localizedText(),
            aliases: try table.list("aliases", of: DefinitionNode.text(of:)),
            entity: entity,
            noun: try table["noun"]?.localizedText() ?? LocalizedText(entity),
            key: try table.required("key").oneOrMore(of: DefinitionNode.id(of:)),
            actions: try table.list("actions", of: DefinitionNode.word(of:)),
            updatedByCreate: try table.list("updatedByCreate", of: DefinitionNode.id(of:)),
            fields: try table.required("fields").oneOrMore(of: Field.init(_:)),
            rules: try table.list("rules", of: RuleDefinition.init(_:)),
            readMe: try table.list("readMe", of: DefinitionNode.localizedText(of:)),
            examples: try table.list("examples", of: Self.example))
    }

    private static func example(
        _ node: DefinitionNode
    ) throws(DefinitionError) -> [String: String] {
        var values: [String: String] = [:]
        for (field, member) in try node.table().members {
            values[field] = try member.text()
        }
        return values
    }
}
