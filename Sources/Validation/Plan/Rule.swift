import Portals

/// A kind of rule: one file in `Rules/`, one line in `RuleKinds`.
protocol Rule: Sendable {
    /// The word after `rule:` in a Definition.
    static var kind: String { get }
    /// The keys it takes beside the common ones.
    static var parameters: [String] { get }
    /// Compiles the rule.
    /// - Throws: `DefinitionError` when a parameter is missing or makes no sense.
    init(_ source: RuleSource) throws(DefinitionError)
}

/// A rule on the cells of one column.
protocol FieldRule: Rule {
    /// When it is judged: `.form` rules decide whether a value is well formed at all, `.meaning` rules
    /// judge well-formed values only, `.accepted` rules speak of rows that nothing keeps out.
    static var phase: RulePhase { get }
    func judge(field: Int, _ judging: inout Judging)
    func liveCheck(field: Int) -> LiveCheck?
}

/// A rule on the rows of a sheet.
protocol SheetRule: Rule {
    func judge(_ judging: inout Judging)
    func liveCheck() -> LiveCheck?
}

enum RulePhase { case form, meaning, accepted }

extension FieldRule {
    func liveCheck(field: Int) -> LiveCheck? { nil }
}

extension SheetRule {
    func liveCheck() -> LiveCheck? { nil }
}

/// A rule as the Definition writes it, with what it may refer to.
struct RuleSource {
    let rule: RuleDefinition
    let sheet: SheetDefinition
    let definition: Definition

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
        guard let list = rule.parameters[name]?.list, !list.isEmpty else {
            throw missing(name, "a list of texts")
        }
        return list.compactMap(\.text)
    }

    func field(_ name: String) throws(DefinitionError) -> Int {
        try fieldIndex(of: text(name), at: name)
    }

    func fields(_ name: String) throws(DefinitionError) -> [Int] {
        var indexes: [Int] = []
        for id in try texts(name) { indexes.append(try fieldIndex(of: id, at: name)) }
        return indexes
    }

    private func fieldIndex(of id: String, at name: String) throws(DefinitionError) -> Int {
        guard let index = sheet.fieldIndex(id) else {
            let ids = sheet.fields.map(\.id).joined(separator: ", ")
            throw error("rule.field_unknown", at: name, found: id, allowed: ids)
        }
        return index
    }

    private func missing(_ name: String, _ allowed: String) -> DefinitionError {
        let found = rule.parameters[name].map { "\($0)" } ?? "nothing"
        return error("rule.parameter_missing", at: name, found: found, allowed: allowed)
    }
}
