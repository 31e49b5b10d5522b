import Catalogue
import Portals

/// `readOnly`: the portal tells this, nobody can set it. What stands there is noted and left alone.
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
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            judging.report(rule.code ?? .cellReadOnly, row, field, by: rule)
            judging.setForm(.readOnly, row, field)
        }
    }
}
