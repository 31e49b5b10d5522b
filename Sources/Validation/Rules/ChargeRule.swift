import Catalogue
import Portals
import Spreadsheet

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
        let prices = PriceList(judging.known.settings, setting, on: judging.known.today.description)
        var asked: [(name: String, price: Price?, rows: RowSet)] = []
        /// Positions in `asked` by name, and by kind and id of a cell's text.
        var byName: [String: Int] = [:]
        var byText: [UInt64: Int] = [:]
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.isAcceptedChange(row, field)
            && judging.applies(condition, row)
        {
            let cell = judging.cell(row, field)
            let text = UInt64(cell.kind.rawValue) << 32 | UInt64(cell.textID)
            if let position = byText[text] {
                asked[position].rows.insert(row)
                continue
            }
            let name = judging.value(row, field)
            let position = byName[name] ?? asked.count
            if position == asked.count { asked.append((name, prices.charge(for: name), RowSet())) }
            byName[name] = position
            byText[text] = position
            asked[position].rows.insert(row)
        }
        for (name, price, rows) in asked {
            guard let price else { continue }
            var detail = FindingDetail(arguments: ["package": name, "price": price.money])
            detail.arguments["period"] = price.period
            detail.arguments["date"] = price.validFrom
            judging.report(
                rule.code ?? .chargeApplies, rows, field, by: rule, detail: detail, group: name)
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
