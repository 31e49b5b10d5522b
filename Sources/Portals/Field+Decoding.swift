extension Field {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "id", "title", "aliases", "type", "prompt", "choices", "emit", "lines", "counts",
            "rules",
            "earlier",
        ])
        self.init(
            id: try table.required("id").id(),
            title: try table.required("title").localizedText(),
            aliases: try table.list("aliases", of: DefinitionNode.text(of:)),
            type: try table.required("type").word(),
            prompt: try table["prompt"]?.localizedText(),
            choices: try table["choices"].map(Choices.init(_:)),
            countryForm: try table["emit"]?.word() ?? .alpha2,
            takesLines: try table.flag("lines"),
            rules: try table.list("rules", of: RuleDefinition.init(_:)),
            counts: try table["counts"]?.id(),
            earlier: try table.list("earlier", of: EarlierName.init(_:)))
        if (type == .choice) != (choices != nil) {
            throw node.error(.badValue, allowed: "choices with type choice, and only with it")
        }
        if table["emit"] != nil && type != .country {
            throw node.error(.badValue, allowed: "emit only with type country")
        }
    }
}

extension Choices {
    /// A list of values, or `{setting: NAME, open: true}`.
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .table = node.value else {
            self = .list(try node.oneOrMore(of: Choice.init(_:)))
            return
        }
        let table = try node.table(["setting", "open"])
        self = .setting(try table.required("setting").text(), open: try table.flag("open"))
    }
}

extension Choice {
    /// A value, or `{value: …, title: …}`.
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .table = node.value else {
            let value = try node.text()
            self.init(value: value, title: LocalizedText(value))
            return
        }
        let table = try node.table(["value", "title"])
        let value = try table.required("value").text()
        self.init(value: value, title: try table["title"]?.localizedText() ?? LocalizedText(value))
    }
}
