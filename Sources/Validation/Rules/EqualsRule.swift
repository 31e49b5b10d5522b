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
    let other: Int
    let fills: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        other = try source.field("field")
        fills = source.rule.parameters["fill"]?.boolean ?? false
    }

    func judge(field: Int, _ judging: inout Judging) {
        for row in judging.rows
        where judging.form(row, other) == .wellFormed && judging.applies(rule.when, row) {
            switch judging.form(row, field) {
            case .blank where fills && judging.actions[judging.sheet][row] == .create:
                judging.replace(row, field, by: .field(other))
                judging.report(.cellFilled, row, field, detail: filled(judging))
            case .wellFormed where !isEqual(row, field, judging):
                judging.report(
                    rule.code ?? .cellMustEqual, row, field, by: rule, detail: detail(row, judging))
            default: break
            }
        }
    }

    private func isEqual(_ row: Int, _ field: Int, _ judging: Judging) -> Bool {
        judging.withText(row, field) { text in
            judging.withText(row, other) { text.elementsEqual($0) }
        }
    }

    private func detail(_ row: Int, _ judging: Judging) -> FindingDetail {
        let expected = judging.text(row, other)
        return FindingDetail(
            arguments: ["expected": expected, "other": title(judging)], suggestion: expected)
    }

    private func filled(_ judging: Judging) -> FindingDetail {
        FindingDetail(arguments: ["other": title(judging)])
    }

    private func title(_ judging: Judging) -> String {
        judging.sheetDefinition.fields[other].title.text(in: "en")
    }

    func liveCheck(field: Int) -> LiveCheck? { .mustEqual(field: field, other: other) }
}
