import Catalogue
import Portals

/// `readOnly`: the portal tells this, nobody can set it. What stands there is left alone,
/// and noted unless it is what is known.
struct ReadOnlyRule: FieldRule {
    static let kind = "readOnly"
    static let parameters: [String] = []
    static let phase = RulePhase.form

    let rule: RuleDefinition
    let condition: RowCondition?

    init(_ source: RuleSource) {
        rule = source.rule
        condition = source.condition
    }

    func judge(field: Int, _ judging: inout Judging) {
        let normal = NormalValue(
            of: judging.sheetDefinition.fields[field], settings: judging.known.settings,
            defaults: judging.plan.definition.settings)
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            let known = judging.links.record(sheet: judging.sheet, row: row)?.values[field]
            if known != normal.value(of: judging.value(row, field)) {
                judging.report(rule.code ?? .cellReadOnly, row, field, by: rule)
            }
            judging.setForm(.readOnly, row, field)
        }
    }
}
