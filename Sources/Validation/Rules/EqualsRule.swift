import Catalogue
import Portals

/// `equals {field, fill}`: the same as another column, byte for byte after trimming.
///
/// With `fill`, a blank cell takes the other's value and a note says so.
struct EqualsRule: FieldRule {
    static let kind = "equals"
    static let parameters = ["field", "fill"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    let other: Int
    let fills: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        other = try source.field("field")
        fills = try source.flag("fill")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let title = judging.sheetDefinition.fields[other].title.text(in: "en")
        let filled = FindingDetail(arguments: ["other": title])
        for row in judging.rows
        where judging.form(row, other) == .wellFormed && judging.applies(condition, row) {
            switch judging.form(row, field) {
            case .blank where fills && judging.asks(row, for: .create):
                judging.replace(row, field, by: .field(other))
                judging.report(.cellFilled, row, field, detail: filled)
            case .wellFormed where !isEqual(row, field, judging):
                let expected = judging.text(row, other)
                let suggestion = judging.suggestionMade(row, other) ?? expected
                let detail = FindingDetail(
                    arguments: ["expected": expected, "other": title],
                    suggestion: suggestion == judging.text(row, field) ? nil : suggestion)
                judging.report(rule.code ?? .cellMustEqual, row, field, by: rule, detail: detail)
            case .blank, .wellFormed, .malformed, .clear: continue
            }
        }
    }

    private func isEqual(_ row: Int, _ field: Int, _ judging: Judging) -> Bool {
        judging.withText(row, field) { text in
            judging.withText(row, other) { text.elementsEqual($0) }
        }
    }

    func liveCheck(field: Int) -> LiveCheck? { .mustEqual(field: field, other: other) }
}
