import Catalogue
import Portals
import Spreadsheet

/// `charge {setting}`: a value that a price list calls paid, or does not know, costs money.
///
/// Said once for each value with its count, for accepted rows that ask for it anew, or that leave
/// it and have its condition hold which did not before.
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
        func place(of name: String) -> Int {
            if let known = byName[name] { return known }
            byName[name] = asked.count
            asked.append((name, prices.charge(for: name), RowSet()))
            return asked.count - 1
        }
        for row in judging.rows where judging.applies(condition, row) {
            if let name = nameChargedFirst(row, field, judging) {
                asked[place(of: name)].rows.insert(row)
                continue
            }
            guard judging.form(row, field) == .wellFormed, judging.isAcceptedChange(row, field)
            else { continue }
            let cell = judging.cell(row, field)
            let text = UInt64(cell.kind.rawValue) << 32 | UInt64(cell.textID)
            if let position = byText[text] {
                asked[position].rows.insert(row)
                continue
            }
            let position = place(of: judging.value(row, field))
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

extension ChargeRule {
    /// What a row leaves as it is, and what was free before; nil for what is charged already.
    private func nameChargedFirst(_ row: Int, _ field: Int, _ judging: Judging) -> String? {
        guard let condition, judging.form(row, field) == .blank,
            judging.isAccepted(row),
            condition.fields.contains(where: {
                judging.isAcceptedChange(row, $0)
            }),
            let known = judging.links.record(sheet: judging.sheet, row: row),
            !condition.holds(
                Array(known.values), judging.known.settings,
                asking: judging.action(sheet: judging.sheet, row: row)),
            let name = known.values[field], !name.isEmpty
        else { return nil }
        return name
    }
}

extension Judging {
    fileprivate func isAccepted(_ row: Int) -> Bool {
        !rejected[sheet].contains(row) && !unchanged[sheet].contains(row)
    }

    /// Whether a row is accepted and its value of a field is new or changed by it.
    func isAcceptedChange(_ row: Int, _ field: Int) -> Bool {
        guard !rejected[sheet].contains(row), !unchanged[sheet].contains(row) else { return false }
        if changes.isEmpty { return true }
        return changes[Place(sheet: sheet, row: row)]?.contains(field) ?? true
    }
}
