import Catalogue
import Portals

/// `range {minimum, maximum}`: a whole number within bounds. A bound may be a setting; one that
/// nobody set is none.
struct RangeRule: FieldRule {
    static let kind = "range"
    static let parameters = ["minimum", "maximum"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let minimum: NumberSource?
    private let maximum: NumberSource?

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        minimum = try source.numberSource("minimum")
        maximum = try source.numberSource("maximum")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let least = minimum?.value(judging.settings)
        let most = maximum?.value(judging.settings)
        var bounds: [String: String] = [:]
        bounds["min"] = least.map { "\($0)" }
        bounds["max"] = most.map { "\($0)" }
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            guard let number = Int(judging.value(row, field)) else { continue }
            if number >= least ?? number && number <= most ?? number { continue }
            judging.report(
                rule.code ?? .cellOutOfRange, row, field, by: rule,
                detail: FindingDetail(arguments: bounds))
        }
    }
}
