import Portals

/// A rule as the Definition writes it, with what it may refer to.
struct RuleSource {
    let rule: RuleDefinition
    let sheet: SheetDefinition
    let definition: Definition
    /// The field at which it stands; nil for a rule of the sheet.
    var field: Field?

    /// When the rule speaks about a row; nil: always.
    var condition: RowCondition? { rule.when.map { RowCondition($0, of: sheet, in: definition) } }

    /// A further condition on the rule's own rows; nil when nothing is said.
    func ownCondition(_ name: String) -> RowCondition? {
        rule.conditions[name].map { RowCondition($0, of: sheet, in: definition) }
    }

    func error(_ code: String, at parameter: String, found: String, allowed: String)
        -> DefinitionError
    {
        DefinitionError(
            code: code, file: definition.file, path: "\(rule.path).\(parameter)", found: found,
            allowed: allowed)
    }

    func text(_ name: String) throws(DefinitionError) -> String {
        guard let text = rule.parameters[name]?.text else { throw missing(name, "a text") }
        return text
    }

    func positiveInteger(_ name: String) throws(DefinitionError) -> Int {
        guard let number = rule.parameters[name]?.integer, number > 0 else {
            throw missing(name, "a whole number above 0")
        }
        return number
    }

    func texts(_ name: String) throws(DefinitionError) -> [String] {
        let texts = rule.parameters[name]?.list?.compactMap(\.text) ?? []
        guard !texts.isEmpty, texts.count == rule.parameters[name]?.list?.count else {
            throw missing(name, "a list of texts")
        }
        return texts
    }

    /// One word or a list of them; empty when nothing is said.
    func words(_ name: String, of allowed: [String]) throws(DefinitionError) -> [String] {
        guard let value = rule.parameters[name] else { return [] }
        let words = if let word = value.text { [word] } else { try texts(name) }
        guard let odd = words.first(where: { !allowed.contains($0) }) else { return words }
        throw error(
            "rule.value_unknown", at: name, found: odd, allowed: allowed.joined(separator: ", "))
    }

    /// False when nothing is said.
    func flag(_ name: String) throws(DefinitionError) -> Bool {
        guard let value = rule.parameters[name] else { return false }
        guard let flag = value.boolean else { throw missing(name, "true or false") }
        return flag
    }

    func field(_ name: String) throws(DefinitionError) -> Int {
        try fieldIndex(of: text(name), in: sheet, at: name)
    }

    func fields(_ name: String) throws(DefinitionError) -> [Int] {
        try fields(name, of: sheet)
    }

    /// A field of another sheet.
    func field(_ name: String, of other: SheetDefinition) throws(DefinitionError) -> Int {
        try fieldIndex(of: text(name), in: other, at: name)
    }

    func fieldIndex(
        of id: String, in sheet: SheetDefinition, at name: String
    ) throws(DefinitionError) -> Int {
        guard let index = sheet.fieldIndex(id) else {
            let ids = sheet.fields.map(\.id).joined(separator: ", ")
            throw error("rule.field_unknown", at: name, found: id, allowed: ids)
        }
        return index
    }

    private func missing(_ name: String, _ allowed: String) -> DefinitionError {
        let found = rule.parameters[name].map { $0.text ?? "a list or table" } ?? "nothing"
        return error("rule.parameter_missing", at: name, found: found, allowed: allowed)
    }
}
