import Catalogue

extension RuleDefinition {
    /// The keys every rule may have; what else stands there are parameters of its kind.
    private static let commonKeys = [
        "rule", "when", "severity", "code", "codes", "message", "remedy",
    ]

    /// Parameters that are conditions, whatever the kind.
    private static let conditionKeys = ["kind", "mayBeNew", "parentWhen"]

    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table()
        var parameters: [String: Value] = [:]
        var conditions: [String: Condition] = [:]
        for (name, member) in table.members where !Self.commonKeys.contains(name) {
            if Self.conditionKeys.contains(name) {
                conditions[name] = try Condition(member)
            } else {
                parameters[name] = member.value
            }
        }
        self.init(
            kind: try table.required("rule").id(),
            parameters: parameters,
            conditions: conditions,
            when: try table["when"].map(Condition.init(_:)),
            severity: try table["severity"]?.word(),
            code: try table["code"].map(Code.init(_:)),
            codes: try Self.codes(table["codes"]),
            message: try table["message"]?.messageText(),
            remedy: try table["remedy"]?.messageText(),
            path: node.path)
    }

    private static func codes(_ node: DefinitionNode?) throws(DefinitionError) -> [String: Code] {
        var codes: [String: Code] = [:]
        for (word, member) in try node?.table().members ?? [] {
            codes[word] = try Code(member)
        }
        return codes
    }
}

extension Code {
    fileprivate init(_ node: DefinitionNode) throws(DefinitionError) {
        let text = try node.text()
        guard let code = Code(rawValue: text) else {
            let area = text.prefix { $0 != "." }
            let near = Code.allCases.map(\.rawValue).filter { $0.hasPrefix("\(area).") }
            throw node.error(
                .referenceUnknown,
                allowed: near.isEmpty ? "a code of the catalogue" : near.joined(separator: ", "))
        }
        self = code
    }
}

extension DefinitionNode {
    /// A text in which `{argument}` and `[ ]` mean what they mean in the message files.
    func messageText() throws(DefinitionError) -> LocalizedText {
        let text = try localizedText()
        for source in text.all {
            do {
                _ = try MessageText(source)
            } catch {
                throw DefinitionError(
                    .badValue, file: file, path: path, found: error.found, allowed: error.allowed)
            }
        }
        return text
    }
}
