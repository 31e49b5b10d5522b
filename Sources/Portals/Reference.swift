/// What a column refers to: rows of other sheets, or records known of them.
package struct Reference: Sendable {
    /// The word after `rule:` for the rule that makes a column refer to something.
    package static let kind = "references"

    /// Ids of the sheets, in the order in which they are looked through.
    package var sheets: [String]
    /// Ids of sheets whose rows are found too, and refused.
    package var wrongSheets: [String]
    /// Fields of the referring sheet whose values together are looked for.
    package var by: [String]
    /// Fields there whose values they are; nil: the key of each sheet.
    package var to: [String]?
}

extension SheetDefinition {
    /// What a field refers to; nil when it refers to nothing.
    package func reference(ofField id: String) -> Reference? {
        guard let field = fields.first(where: { $0.id == id }),
            let rule = field.rules.first(where: { $0.kind == Reference.kind })
        else { return nil }
        return Reference(
            sheets: rule.texts("sheet"), wrongSheets: rule.texts("wrongSheets"),
            by: rule.parameters["by"] == nil ? [id] : rule.texts("by"),
            to: rule.parameters["to"] == nil ? nil : rule.texts("to"))
    }
}

extension RuleDefinition {
    /// A parameter that is a text or a list of texts; empty for anything else.
    package func texts(_ name: String) -> [String] {
        guard let value = parameters[name] else { return [] }
        if let text = value.text { return [text] }
        return value.list?.compactMap(\.text) ?? []
    }
}
