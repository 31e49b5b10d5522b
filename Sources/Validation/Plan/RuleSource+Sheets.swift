import Portals

// What a rule names of other sheets, and where it takes values from.
extension RuleSource {
    /// Index of the rule's own sheet.
    var sheetIndex: Int { definition.sheets.firstIndex { $0.id == sheet.id } ?? 0 }

    /// The field at which the rule stands; empty for a rule of the sheet.
    var fieldID: String { field?.id ?? "" }

    /// Indexes of one or more sheets.
    func sheets(_ name: String) throws(DefinitionError) -> [Int] {
        let ids = rule.texts(name)
        var indexes: [Int] = []
        for id in ids {
            guard let index = definition.sheets.firstIndex(where: { $0.id == id }) else {
                let all = definition.sheets.map(\.id).joined(separator: ", ")
                throw error("rule.sheet_unknown", at: name, found: id, allowed: all)
            }
            indexes.append(index)
        }
        guard !indexes.isEmpty else {
            throw error("rule.parameter_missing", at: name, found: "nothing", allowed: "a sheet")
        }
        return indexes
    }

    /// Indexes of the sheets that a field of this one refers to.
    func parentSheets(of id: String, at name: String) throws(DefinitionError) -> [Int] {
        let ids = sheet.reference(ofField: id)?.sheets ?? []
        let indexes = definition.sheets.indices.filter { ids.contains(definition.sheets[$0].id) }
        guard !indexes.isEmpty else {
            throw error(
                "rule.reference_missing", at: name, found: id,
                allowed: "a field with a references rule")
        }
        return indexes
    }

    /// A field of what a field of this sheet refers to, by index of the sheet.
    func parentFields(
        of parent: String, id: String, at name: String
    ) throws(DefinitionError) -> [Int: Int] {
        var fields: [Int: Int] = [:]
        for index in try parentSheets(of: parent, at: name) {
            fields[index] = definition.sheets[index].fieldIndex(id)
        }
        guard !fields.isEmpty else {
            throw error("rule.field_unknown", at: name, found: id, allowed: "a field there")
        }
        return fields
    }

    /// Fields of another sheet.
    func fields(
        _ name: String, of other: SheetDefinition
    ) throws(DefinitionError) -> [Int] {
        var indexes: [Int] = []
        for id in try texts(name) { indexes.append(try fieldIndex(of: id, in: other, at: name)) }
        return indexes
    }

    /// Names that exist elsewhere.
    func directory(_ name: String) throws(DefinitionError) -> DirectoryDefinition {
        let id = try text(name)
        guard let directory = definition.directories.first(where: { $0.id == id }) else {
            throw error(
                "rule.directory_unknown", at: name, found: id,
                allowed: definition.directories.map(\.id).joined(separator: ", "))
        }
        return directory
    }

    /// The name of a setting.
    func setting(_ name: String) throws(DefinitionError) -> String {
        let id = try text(name)
        guard definition.settings[id] != nil else {
            let all = definition.settings.members.map(\.name).joined(separator: ", ")
            throw error("rule.setting_unknown", at: name, found: id, allowed: all)
        }
        return id
    }

    /// A whole number not below 0.
    func number(_ name: String) throws(DefinitionError) -> Int {
        guard let number = rule.parameters[name]?.integer, number >= 0 else {
            throw error(
                "rule.parameter_missing", at: name, found: rule.parameters[name]?.text ?? "nothing",
                allowed: "a whole number from 0")
        }
        return number
    }

    /// A whole number or `{setting: NAME}`; nil when nothing is said.
    func numberSource(_ name: String) throws(DefinitionError) -> NumberSource? {
        guard let value = rule.parameters[name] else { return nil }
        if let number = value.integer { return .number(number) }
        guard case .setting(let id)? = DataSource(value), definition.settings[id] != nil else {
            throw error(
                "rule.parameter_missing", at: name, found: value.text ?? "a table",
                allowed: "a whole number or {setting: NAME}")
        }
        return .setting(id)
    }

    /// `{children: SHEET, by: FIELD, field: ID}`; nil when something else is said, or nothing.
    func childValues(_ name: String) throws(DefinitionError) -> ChildValues? {
        guard let value = rule.parameters[name],
            case .children(let id, let by, let field)? = DataSource(value)
        else { return nil }
        guard let index = definition.sheets.firstIndex(where: { $0.id == id }) else {
            let all = definition.sheets.map(\.id).joined(separator: ", ")
            throw error("rule.sheet_unknown", at: name, found: id, allowed: all)
        }
        let other = definition.sheets[index]
        guard other.reference(ofField: by)?.sheets.contains(sheet.id) == true else {
            throw error(
                "rule.reference_missing", at: name, found: by,
                allowed: "a field that refers to \(sheet.id)")
        }
        return ChildValues(
            sheet: index, parent: try fieldIndex(of: by, in: other, at: name),
            field: try fieldIndex(of: field, in: other, at: name))
    }

    /// Where a value comes from; nil when nothing is said.
    func valueSource(_ name: String) throws(DefinitionError) -> ValueSource? {
        guard let value = rule.parameters[name] else { return nil }
        switch DataSource(value) {
        case .field(let id): return .field(try fieldIndex(of: id, in: sheet, at: name))
        case .setting(let id) where definition.settings[id] != nil: return .setting(id)
        case .constant(let constant): return .constant(constant.text ?? "")
        case .parent(let parent, let id):
            return .parent(
                try fieldIndex(of: parent, in: sheet, at: name),
                try parentFields(of: parent, id: id, at: name))
        case .setting, .children, nil:
            throw error(
                "rule.parameter_missing", at: name, found: value.text ?? "a table",
                allowed: "a field, {setting: NAME}, {constant: TEXT} or {parent: FIELD, field: ID}")
        }
    }
}
