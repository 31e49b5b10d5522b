extension Settings {
    /// The settings of a Definition: what each is called, and the value it has until changed; and
    /// those that every portal has.
    init(
        defaults node: DefinitionNode?, fields: [SettingField] = []
    ) throws(DefinitionError) {
        self.init(try node?.table().members.map { .init($0.name, $0.node.value) } ?? [])
        set(AddedColumn.setting, to: .list([]))
        set(Self.keptDays, to: .null)
        self.fields = fields
    }

    /// These settings with what a settings file says about one portal put in their place.
    ///
    /// The file's top level is either the portal's setting names, or one table for each portal by
    /// its id. A value has the shape of the one it replaces: a text stays a text, a list a list
    /// whose members look like the first of the default's (`null` there is any scalar, and may be
    /// left out).
    ///
    /// - Parameter portals: the ids of all portals, by which the second form is recognised.
    /// - Throws: `definition.malformed`, `settings.unknown`, `settings.wrong_type`.
    package func changed(
        byYAML yaml: String, file: String, portal: String, portals: [String]
    ) throws(DefinitionError) -> Settings {
        let root = DefinitionNode(
            value: try Value(yaml: yaml, file: file), path: "", file: file)
        if root.value == .null { return self }
        let table = try root.table()
        guard table.members.contains(where: { portals.contains($0.name) }) else {
            return try changed(by: table)
        }
        for (name, node) in table.members where !portals.contains(name) {
            throw DefinitionError(
                .settingUnknown, file: file, path: node.path, found: name,
                allowed: portals.joined(separator: ", "))
        }
        guard let own = table[portal] else { return self }
        return try changed(by: own.table())
    }

    /// These settings with one put in its place by `name=value`, the value read as YAML.
    ///
    /// - Throws: as for a file; also `definition.bad_value` when there is no `=`.
    package func changed(byAssignment assignment: String) throws(DefinitionError) -> Settings {
        let file = "--set"
        guard let sign = assignment.firstIndex(of: "=") else {
            throw DefinitionError(
                .badValue, file: file, path: assignment, found: assignment,
                allowed: "name=value")
        }
        let name = String(assignment[..<sign])
        let text = String(assignment[assignment.index(after: sign)...])
        let value = try Value(yaml: text, file: file)
        let node = DefinitionNode(value: value, path: name, file: file)
        return try changed(name, by: node)
    }

    /// These settings with one put in its place.
    ///
    /// - Throws: as for a file.
    package func changed(_ name: String, to value: Value) throws(DefinitionError) -> Settings {
        try changed(name, by: DefinitionNode(value: value, path: name, file: "settings"))
    }

    private func changed(by table: DefinitionTable) throws(DefinitionError) -> Settings {
        var settings = self
        for (name, node) in table.members {
            settings = try settings.changed(name, by: node)
        }
        return settings
    }

    private func changed(
        _ name: String, by node: DefinitionNode
    ) throws(DefinitionError) -> Settings {
        guard let standing = self[name] else {
            let names = members.map(\.name).joined(separator: ", ")
            throw DefinitionError(
                .settingUnknown, file: node.file, path: node.path, found: name,
                allowed: names.isEmpty ? "no setting: this portal has none" : names)
        }
        var settings = self
        settings.set(name, to: try node.value(like: standing))
        let ofAll = SettingField(Self.keptDays, title: LocalizedText(""), kind: .integer)
        try (fields + [ofAll]).first { $0.id == name }?.check(node)
        return settings
    }
}

extension DefinitionNode {
    /// The value, when it has the shape of a model; a text from a number or a boolean where the
    /// model is a text.
    fileprivate func value(like model: Value) throws(DefinitionError) -> Value {
        switch model {
        case .null:
            if value == .null { return value }
            guard value.text != nil else { throw misfit("a text or number") }
            return value
        case .boolean:
            guard value.boolean != nil else { throw misfit("true or false") }
            return value
        case .integer:
            guard value.integer != nil else { throw misfit("a whole number") }
            return value
        case .decimal:
            guard value.isNumber else { throw misfit("a number") }
            return value
        case .text:
            guard let text = value.text else { throw misfit("a text") }
            return .text(text)
        case .list(let models):
            guard value.list != nil else { throw misfit("a list") }
            guard let first = models.first else { return value }
            return .list(
                try list { (node) throws(DefinitionError) in try node.value(like: first) })
        case .table(let models): return .table(try members(like: models))
        }
    }

    /// The members of a table that has the keys of a model; those the model has `null` for may be
    /// left out.
    private func members(like models: [Value.Member]) throws(DefinitionError) -> [Value.Member] {
        let allowed = models.map(\.name)
        guard case .table = value else {
            throw misfit("a table with \(allowed.joined(separator: ", "))")
        }
        let table = try table(allowed)
        var members: [Value.Member] = []
        for model in models {
            if model.value == .null && table[model.name] == nil { continue }
            let node = try table.required(model.name)
            members.append(.init(model.name, try node.value(like: model.value)))
        }
        return members
    }

    private func misfit(_ allowed: String) -> DefinitionError {
        error(.settingWrongType, allowed: allowed)
    }
}

extension Value {
    fileprivate var isNumber: Bool {
        switch self {
        case .integer, .decimal: true
        default: false
        }
    }
}
