import Catalogue
import Portals

/// `required`: a new record, or what else the rows of the sheet make, needs a value here. On an
/// update a blank cell leaves the value as it is, but for the key: without it nobody knows what to
/// update.
struct RequiredRule: FieldRule {
    static let kind = "required"
    static let parameters: [String] = []
    static let phase = RulePhase.form

    let rule: RuleDefinition
    let condition: RowCondition?

    init(_ source: RuleSource) {
        rule = source.rule
        condition = source.condition
    }

    func judge(field: Int, _ judging: inout Judging) {
        let definition = judging.sheetDefinition.fields[field]
        let suggestion = ChoiceList(
            definition, settings: judging.known.settings, defaults: judging.plan.definition.settings
        )?.only
        let detail = suggestion.map { FindingDetail(suggestion: $0) }
        let code = rule.code ?? .cellRequired
        for row in judging.rows
        where judging.isMissing(row, field) && judging.applies(condition, row) {
            judging.report(code, row, field, by: rule, detail: detail)
            if rule.severity(of: code) == .error { judging.setForm(.malformed, row, field) }
        }
    }

    func liveCheck(field: Int) -> LiveCheck? { rule.when == nil ? .missing(field: field) : nil }
}

extension Judging {
    /// Whether a row certainly asks for something new: a record, or a link or invitation on a sheet
    /// of those.
    private func asksForRecord(_ row: Int) -> Bool {
        if asks(row, for: .create) { return true }
        return !sheetPlan.makesRecords && !unreadActions[sheet].contains(row)
            && !asks(row, for: .unlink)
    }

    /// Whether nothing stands where a new record, or the key, needs something.
    @inline(__always)
    fileprivate func isMissing(_ row: Int, _ field: Int) -> Bool {
        switch form(row, field) {
        case .wellFormed, .malformed, .readOnly: false
        case .clear: true
        case .blank: asksForRecord(row) || sheetPlan.keyFields.contains(field)
        }
    }
}
