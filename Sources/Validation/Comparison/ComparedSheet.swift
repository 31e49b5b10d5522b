import Portals
import Spreadsheet

/// What the fields of a portal's list are to one another, as the rules of its sheet say.
struct ComparedSheet {
    let keyField: Int
    /// Fields, and the fields that they must equal.
    let equalities: [(field: Int, other: Int)]
    /// Fields that must have one of the values that settings name.
    let choices: [(field: Int, values: [String])]
    /// The field that is charged for; nil for none.
    let package: Int?
    let reference: Int?
    private let prices: PriceList?
    /// Currency and period of prices that an invoice tells without them.
    private let usual: Price

    init(
        _ sheet: SheetDefinition, of definition: Definition, settings: Settings, today: CivilDate
    ) {
        keyField = sheet.keyFields.first ?? 0
        var equalities: [(field: Int, other: Int)] = []
        var choices: [(field: Int, values: [String])] = []
        var package: (field: Int, setting: String)?
        for (index, field) in sheet.fields.enumerated() {
            for rule in field.rules {
                if rule.kind == "equals", rule.when == nil,
                    let other = rule.parameters["field"]?.text.flatMap({ sheet.fieldIndex($0) })
                {
                    equalities.append((index, other))
                }
                if rule.kind == "charge", let setting = rule.parameters["setting"]?.text {
                    package = package ?? (index, setting)
                }
            }
            if field.isRequired, case .setting(let name, open: false) = field.choices {
                choices.append((index, settings.names(name)))
            }
        }
        self.equalities = equalities
        self.choices = choices.filter { $0.field != package?.field && !$0.values.isEmpty }
        self.package = package?.field
        prices = package.map { PriceList(settings, $0.setting, on: today.description) }
        let member = package.flatMap { settings[$0.setting]?.list }?
            .first { $0["currency"]?.text != nil }
        usual = Price(
            amount: nil, currency: member?["currency"]?.text,
            period: member?["per"]?.text ?? "month")
        reference = definition.comparison?.reference.flatMap { sheet.fieldIndex($0) }
    }

    func name(of record: KnownRecord) -> String { record.values[keyField] ?? "" }

    func key(of record: KnownRecord) -> [UInt8] { LooseName.bytes(of: name(of: record)) }

    /// What a package costs: the amount that was billed for it, else what the settings say; nil for
    /// nothing.
    func price(_ billed: DecimalText?, package: String) -> Price? {
        if let billed {
            return Price(amount: billed.text, currency: usual.currency, period: usual.period)
        }
        return package.isEmpty ? nil : prices?.charge(for: package)
    }
}

/// The form in which names are the same whatever their case and spaces.
enum LooseName {
    static func bytes(of text: String) -> [UInt8] {
        let bare = text.unicodeScalars.filter { !$0.properties.isWhitespace }
        return NameKey.bytes(of: String(String.UnicodeScalarView(bare)))
    }
}

/// Records by name, and by reference.
struct NameTable {
    private var byName: [[UInt8]: Int] = [:]
    private var byReference: [[UInt8]: Int] = [:]

    init(_ records: [KnownRecord], _ shape: ComparedSheet) {
        for (position, record) in records.enumerated() {
            let key = shape.key(of: record)
            byName[key] = byName[key] ?? position
            guard let reference = shape.reference.flatMap({ record.values[$0] }), !reference.isEmpty
            else { continue }
            let other = LooseName.bytes(of: reference)
            byReference[other] = byReference[other] ?? position
        }
    }

    func position(of key: [UInt8]) -> Int? { byName[key] }

    func position(ofNameOrReference key: [UInt8]) -> Int? { byName[key] ?? byReference[key] }
}

/// The names of a directory by what is left of them without case and spaces.
struct DirectoryNames {
    private let directory: Directory
    private var exact: [String: Int] = [:]
    private var loose: [[UInt8]: Int] = [:]

    init(_ directory: Directory) {
        self.directory = directory
        for position in 0..<directory.count {
            let name = directory.name(position)
            exact[name] = position
            let key = LooseName.bytes(of: name)
            loose[key] = loose[key] ?? position
        }
    }

    /// The name itself, else one that differs by case or spaces.
    func position(of name: String) -> Int? { exact[name] ?? loose[LooseName.bytes(of: name)] }
}

/// What an invoice bills each customer, all its lines together.
struct InvoiceAmounts {
    private var amounts: [[UInt8]: DecimalText] = [:]

    init(_ lines: [KnownRecord]) {
        for line in lines {
            let amount = line.values[InvoiceField.amount.index].flatMap(DecimalText.init(money:))
            guard let amount else { continue }
            let texts = [InvoiceField.name, .reference].compactMap { line.values[$0.index] }
            for key in Set(texts.filter { !$0.isEmpty }.map(LooseName.bytes(of:))) {
                amounts[key] = amounts[key].map { $0 + amount } ?? amount
            }
        }
    }

    /// By the first of some names that is billed.
    func amount(of names: [String]) -> DecimalText? {
        names.lazy.filter { !$0.isEmpty }.compactMap { amounts[LooseName.bytes(of: $0)] }.first
    }
}
