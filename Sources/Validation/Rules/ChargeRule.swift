import Catalogue
import Portals

/// `charge {setting}`: a value that a price list calls paid, or does not know, costs money.
///
/// Said once for each value with its count, for accepted rows that ask for it anew.
struct ChargeRule: FieldRule {
    static let kind = "charge"
    static let parameters = ["setting"]
    static let phase = RulePhase.accepted

    let rule: RuleDefinition
    let condition: RowCondition?
    let setting: String

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        setting = try source.text("setting")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let prices = PriceList(judging.known.settings, setting)
        var charges: [String: Price?] = [:]
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.isAcceptedChange(row, field)
            && judging.applies(condition, row)
        {
            let name = judging.value(row, field)
            if charges[name] == nil { charges.updateValue(prices.charge(for: name), forKey: name) }
            guard let price = charges[name] ?? nil else { continue }
            judging.report(
                rule.code ?? .chargeApplies, row, field, by: rule,
                detail: FindingDetail(arguments: ["package": name, "price": price.text]),
                group: name)
        }
    }
}

extension Judging {
    /// Whether a row is accepted and its value of a field is new or changed by it.
    func isAcceptedChange(_ row: Int, _ field: Int) -> Bool {
        guard !rejected[sheet].contains(row), !unchanged[sheet].contains(row) else { return false }
        if changes.isEmpty { return true }
        return changes[Place(sheet: sheet, row: row)]?.contains(field) ?? true
    }
}
