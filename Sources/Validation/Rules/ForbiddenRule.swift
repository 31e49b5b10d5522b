import Catalogue
import Portals

/// `forbidden`: nothing may stand here (under the rule's condition).
struct ForbiddenRule: FieldRule {
    static let kind = "forbidden"
    static let parameters: [String] = []
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?

    init(_ source: RuleSource) {
        rule = source.rule
        condition = source.condition
    }

    func judge(field: Int, _ judging: inout Judging) {
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            judging.report(rule.code ?? .cellForbidden, row, field, by: rule)
        }
    }
}
