import Catalogue
import Portals

/// `oneOf {values}`: the value is one of these, letter for letter.
struct OneOfRule: FieldRule {
    static let kind = "oneOf"
    static let parameters = ["values"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    let values: [String]

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        values = try source.texts("values")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let odd = judging.wellFormedRows(field) { text in
            !values.contains(String(decoding: text, as: UTF8.self))
        }
        // A choice may stand there in another language.
        for row in odd
        where !values.contains(judging.value(row, field)) && judging.applies(condition, row) {
            let text = judging.text(row, field)
            let key = NameKey.bytes(of: text)
            let detail = FindingDetail(
                arguments: ["list": values.joined(separator: ", ")],
                suggestion: values.first { NameKey.bytes(of: $0) == key })
            judging.report(rule.code ?? .cellNotInList, row, field, by: rule, detail: detail)
        }
    }
}
