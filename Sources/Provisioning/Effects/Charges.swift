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
            rows = RowSet(selection.rows(ofSheet: sheet, when: .any(conditions)))
        } else {
            rows = nil
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
            values.isNewOrChanged(sheet: sheet, row: row, field: field)
        else { return nil }
        let name = values.value(sheet: sheet, row: row, field: field)
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
