import Catalogue
import Portals

/// `forbidden {clearing}`: nothing may stand here (under the rule's condition). With `clearing` the
/// word that empties a field may not either, unless nothing is known to be there.
struct ForbiddenRule: FieldRule {
    static let kind = "forbidden"
    static let parameters = ["clearing"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?

    private let meansClearing: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        meansClearing = try source.flag("clearing")
    }

    func judge(field: Int, _ judging: inout Judging) {
        for row in judging.rows
        where judging.form(row, field) == .wellFormed || clears(row, field, judging) {
            if isAgainst(row, judging) { report(row, field, &judging) }
        }
    }

    var isError: Bool { rule.severity(of: rule.code ?? .cellForbidden) == .error }

    /// Whether nothing may stand there in a row.
    func isAgainst(_ row: Int, _ judging: Judging) -> Bool { judging.applies(condition, row) }

    func report(_ row: Int, _ field: Int, _ judging: inout Judging) {
        judging.report(rule.code ?? .cellForbidden, row, field, by: rule)
    }

    private func clears(_ row: Int, _ field: Int, _ judging: Judging) -> Bool {
        guard meansClearing, judging.form(row, field) == .clear else { return false }
        let known = judging.links.record(sheet: judging.sheet, row: row)
        return known.map { $0.values[field]?.isEmpty == false } ?? true
    }
}
