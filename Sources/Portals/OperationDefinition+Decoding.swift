extension OperationDefinition {
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table([
            "id", "for", "when", "kind", "once", "after", "afterAll", "file", "data", "changesOnly",
            "text",
            "list", "charge", "optional", "mail", "apart", "interval",
        ])
        let afterAll = try table.list("afterAll", of: DefinitionNode.id(of:))
        self.init(
            id: try table.required("id").id(),
            sheet: try table["for"]?.id(),
            when: try table["when"].map(Condition.init(_:)),
            kind: try table.required("kind").word(),
            once: try table.flag("once"),
            after: try table.list("after", of: DefinitionNode.id(of:)) + afterAll,
            afterAll: afterAll,
            file: try table["file"]?.id(),
            data: try Self.data(table["data"]),
            changesOnly: try table.flag("changesOnly"),
            text: try table["text"]?.localizedText(),
            lists: try table["list"]?.oneOrMore(of: OperationList.init(_:)) ?? [],
            charge: try table["charge"]?.text(),
            optional: try table.flag("optional"),
            mail: try table["mail"]?.localizedText(),
            isApart: try table.flag("apart"),
            interval: try table["interval"].map(StepInterval.init(_:)))
        try check(table)
    }

    private static func data(
        _ node: DefinitionNode?
    ) throws(DefinitionError) -> [(name: String, source: DataSource)] {
        var data: [(name: String, source: DataSource)] = []
        for (name, member) in try node?.table().members ?? [] {
            data.append((name, try DataSource(member)))
        }
        return data
    }

    /// Keys that only make sense together.
    private func check(_ table: DefinitionTable) throws(DefinitionError) {
        func fail(_ allowed: String) -> DefinitionError {
            DefinitionError(
                .badValue, file: table.node.file, path: table.node.path, found: id,
                allowed: allowed)
        }
        if once == (sheet != nil) { throw fail("either for: SHEET or once: true") }
        if once && when != nil { throw fail("no when beside once: true (give list one)") }
        if kind == .file && file == nil { throw fail("file: NAME beside kind: file") }
        if kind != .file && file != nil { throw fail("file only beside kind: file") }
        if kind == .manual && text == nil { throw fail("text beside kind: manual") }
        if !lists.isEmpty && !once { throw fail("list only beside once: true") }
        if isApart && mail == nil { throw fail("apart only beside mail") }
        if interval != nil && once { throw fail("interval only beside for: SHEET") }
        if !afterAll.isEmpty && once { throw fail("afterAll only beside for: SHEET") }
        if changesOnly && once { throw fail("changesOnly only beside for: SHEET") }
    }
}

extension DataSource {
    /// A field's id or a table: see `DataSource.init(_: Value)`.
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        guard case .table = node.value else {
            self = .field(try node.id())
            return
        }
        _ = try node.table(["setting", "constant", "parent", "children", "by", "field"])
        guard let source = DataSource(node.value) else {
            throw node.error(
                .badValue,
                allowed:
                    "a field, {setting: NAME}, {constant: TEXT}, {parent: FIELD, field: ID} or "
                    + "{children: SHEET, by: FIELD, field: ID}")
        }
        self = source
    }
}

extension OperationList {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(["sheet", "when", "fields"])
        self.init(
            sheet: try table.required("sheet").id(),
            when: try table["when"].map(Condition.init(_:)),
            fields: try table.required("fields").oneOrMore(of: DefinitionNode.id(of:)))
    }
}
