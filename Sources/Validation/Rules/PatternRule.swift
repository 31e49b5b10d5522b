import Catalogue
import Portals

/// `pattern {pattern}`: the whole value has this shape. A value without it is malformed, unless the
/// rule only warns.
struct PatternRule: FieldRule {
    static let kind = "pattern"
    static let parameters = ["pattern"]
    static let phase = RulePhase.form

    let rule: RuleDefinition
    let condition: RowCondition?
    /// As the Definition writes it.
    let text: String
    let pattern: TextPattern

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        text = try source.text("pattern")
        do throws(TextPattern.Mistake) {
            pattern = try TextPattern(text)
        } catch {
            throw source.error(
                "rule.pattern_invalid", at: "pattern", found: text, allowed: error.allowed)
        }
    }

    func judge(field: Int, _ judging: inout Judging) {
        let code = rule.code ?? .cellPattern
        let pattern = pattern
        for row in judging.wellFormedRows(field, where: { !pattern.matches($0) })
        where judging.applies(condition, row) {
            // A firm's name where its name in a list belongs: the list may know better.
            let names = judging.nameSuggestion(field)
            let suggestion = judging.suggestion(row, field) { names?.byDescription($0) }
            judging.report(
                code, row, field, by: rule, detail: suggestion.map { FindingDetail(suggestion: $0) }
            )
            if rule.severity(of: code) == .error { judging.setForm(.malformed, row, field) }
        }
    }
}
