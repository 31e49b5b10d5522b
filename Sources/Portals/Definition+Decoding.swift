extension Definition {
    /// Decodes and checks what stands in one `portal.yaml`.
    ///
    /// - Throws: the first fault in the order of the file; references are looked at last.
    init(_ value: Value, file: String) throws(DefinitionError) {
        self = try Definition(DefinitionNode(value: value, path: "", file: file))
        try DefinitionCheck(definition: self).run()
    }

    private init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "portal", "version", "title", "settings", "settingFields", "directories", "sheets",
            "operations", "holds", "compare", "link",
        ])
        self.init(
            portal: try table.required("portal").id(),
            version: try table.required("version").count(),
            title: try table.required("title").text(),
            settings: try Settings(
                defaults: table["settings"],
                fields: table.list("settingFields", of: SettingField.init(_:))),
            directories: try DirectoryDefinition.all(in: table["directories"]),
            sheets: try table.required("sheets").oneOrMore(of: SheetDefinition.init(_:)),
            operations: try table.list("operations", of: OperationDefinition.init(_:)),
            holds: try table.list("holds", of: Hold.init(_:)),
            comparison: try table["compare"].map(ComparisonDefinition.init(_:)),
            link: try table["link"].map(PortalLink.init(_:)),
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
            let table = try member.table(["title", "needed", "beside"])
            directories.append(
                .init(
                    id: id, title: try table.required("title").localizedText(),
                    isNeeded: try table.flag("needed"),
                    headersBeside: try table.list("beside", of: DefinitionNode.text(of:))))
        }
        return directories
    }
}

extension SheetDefinition {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "id", "title", "aliases", "entity", "noun", "nouns", "key", "renamed", "actions",
            "blank",
            "updatedByCreate", "existsRemedy", "unlinks", "makes", "sole", "trial", "link",
            "fields", "rules", "readMe", "examples", "earlier",
        ])
        let entity = try table.required("entity").id()
        let title = try table.required("title").localizedText()
        self.init(
            id: try table.required("id").id(),
            title: title,
            aliases: try table.list("aliases", of: DefinitionNode.text(of:)),
            entity: entity,
            noun: try table["noun"]?.localizedText() ?? LocalizedText(entity),
            nouns: try table["nouns"]?.localizedText() ?? title,
            key: try table.required("key").oneOrMore(of: DefinitionNode.id(of:)),
            renamed: try table.list("renamed", of: DefinitionNode.id(of:)),
            actions: try table.list("actions", of: DefinitionNode.word(of:)),
            blankAction: try table["blank"]?.word(),
            updatedByCreate: try table.list("updatedByCreate", of: DefinitionNode.id(of:)),
            existsRemedy: try table["existsRemedy"]?.messageText(),
            unlinks: try table["unlinks"].map(Condition.init(_:)),
            sole: try table["sole"].map(SoleField.init(_:)),
            trial: try table["trial"].map(Trial.init(_:)),
            link: try table["link"].map(PortalLink.init(_:)),
            fields: try table.required("fields").oneOrMore(of: Field.init(_:)),
            rules: try table.list("rules", of: RuleDefinition.init(_:)),
            readMe: try table.list("readMe", of: DefinitionNode.localizedText(of:)),
            examples: try table.list("examples", of: Self.example),
            earlier: try table.list("earlier", of: EarlierName.init(_:)),
            makes: try table.list("makes", of: MadeRecord.init(_:)))
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

extension Trial {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["when", "ends", "begins", "days"])
        self.init(
            when: try table["when"].map(Condition.init(_:)),
            ends: try table["ends"]?.id(), begins: try table["begins"]?.id(),
            days: try table["days"].map(Days.init(_:)))
    }
}

extension Trial.Days {
    /// A field's id or `{setting: NAME}`.
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .table = node.value else {
            self = .field(try node.id())
            return
        }
        self = .setting(try node.table(["setting"]).required("setting").text())
    }
}

extension Hold {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["id", "when", "operations", "message", "remedy"])
        self.init(
            id: try table.required("id").id(),
            when: try Condition(table.required("when")),
            operations: try table.list("operations", of: DefinitionNode.id(of:)),
            message: try table.required("message").messageText(),
            remedy: try table["remedy"]?.messageText())
    }
}
