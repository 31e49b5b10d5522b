import Portals
import Spreadsheet
import Validation

/// What the rows of a sheet ask for that one price list prices.
struct Charges {
    let values: RecordValues
    let sheet: Int
    let setting: String
    private let field: Int
    private let prices: PriceList
    /// Rows that are charged for; nil: all.
    private let rows: RowSet?
    /// Those of them that were free before by a condition: they are charged for what they leave.
    private let rowsCharged: RowSet

    /// Nil when no field of the sheet is priced by the setting.
    init?(
        _ selection: StepSelection, sheet: Int, setting: String, today: CivilDate
    ) {
        let values = selection.values
        let fields = values.sheetDefinition(sheet).fields
        let priced = fields.firstIndex { field in
            field.rules.contains { $0.chargeSetting == setting }
        }
        guard let priced else { return nil }
        let rules = fields[priced].rules.filter { $0.chargeSetting == setting }
        let conditions = rules.compactMap(\.when)
        if conditions.count == rules.count {
            let condition = RowCondition(
                .any(conditions), of: values.sheetDefinition(sheet), in: values.definition)
            let rows = RowSet(selection.rows(ofSheet: sheet, when: .any(conditions)))
            rowsCharged = RowSet(
                rows.lazy.filter { row in
                    guard let known = values.knownRecord(of: .row(row, sheet: sheet)) else {
                        return false
                    }
                    let action = values.action(sheet: sheet, row: row)
                    return !condition.holds(
                        Array(known.values), selection.settings, asking: action)
                })
            self.rows = rows
        } else {
            (rows, rowsCharged) = (nil, RowSet())
        }
        self.values = values
        self.sheet = sheet
        self.setting = setting
        field = priced
        prices = PriceList(selection.settings, setting, on: today.description)
    }

    /// The settings that price fields of a sheet, in the order of its fields.
    static func settings(of sheet: SheetDefinition) -> [String] {
        var settings: [String] = []
        for setting in sheet.fields.flatMap(\.rules).compactMap(\.chargeSetting)
        where !settings.contains(setting) {
            settings.append(setting)
        }
        return settings
    }

    /// What an accepted row asks for anew; nil for nothing.
    func name(ofRow row: Int) -> String? {
        guard rows?.contains(row) ?? true,
            rowsCharged.contains(row)
                || values.isNewOrChanged(sheet: sheet, row: row, field: field)
        else { return nil }
        var name = values.value(sheet: sheet, row: row, field: field)
        if name.isEmpty, rowsCharged.contains(row) {
            name = values.knownRecord(of: .row(row, sheet: sheet))?.values[field] ?? ""
        }
        return name.isEmpty ? nil : name
    }

    /// What a name costs; nil: nothing.
    func price(of name: String) -> Price? { prices.charge(for: name) }

    /// Whether an accepted row costs money.
    func isPaid(_ row: Int) -> Bool { name(ofRow: row).flatMap(price(of:)) != nil }
}

extension RuleDefinition {
    /// The price list that a `charge` rule names.
    fileprivate var chargeSetting: String? {
        kind == "charge" ? parameters["setting"]?.text : nil
    }
}
