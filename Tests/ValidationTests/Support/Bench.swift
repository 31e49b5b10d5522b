import Portals
import Spreadsheet

@testable import Validation

/// A Definition of one sheet, its plan, and the way from rows a test writes down to verdicts.
struct Bench {
    var definition: Definition
    let plan: ValidationPlan

    init(_ definition: Definition) throws {
        self.definition = definition
        plan = try ValidationPlan(for: definition)
    }

    /// - Parameters: pieces of YAML in flow style. Without fields there are `name`, which is the
    ///   key, and `email`.
    init(
        fields: String =
            "{id: name, title: Name, type: text}, {id: email, title: Email, type: email}",
        rules: String = "", key: String = "name", actions: String = "",
        updatedByCreate: String = "",
        settings: String = "", directories: String = ""
    ) throws {
        let yaml = """
            {portal: test, version: 1, title: Test, settings: {\(settings)},
             directories: {\(directories)}, sheets: [
              {id: rows, title: Rows, entity: row, key: [\(key)], actions: [\(actions)],
               updatedByCreate: [\(updatedByCreate)], fields: [\(fields)], rules: [\(rules)]}]}
            """
        try self.init(Definitions.decode(yaml: yaml, file: "test.yaml"))
    }

    /// One field with rules, beside the key.
    init(field: String, rules: String = "", settings: String = "", directories: String = "") throws
    {
        try self.init(
            fields: """
                {id: name, title: Name, type: text}, {id: other, title: Other, type: text},
                {id: field, title: Field, \(field), rules: [\(rules)]}
                """,
            settings: settings, directories: directories)
    }

    static func studio() throws -> Bench {
        let definitions = try Definitions.embedded()
        guard let studio = definitions.first(where: { $0.portal == "studio" }) else {
            throw BenchError.noStudio
        }
        return try Bench(studio)
    }

    func judge(_ rows: [Row], _ known: Knowing = Knowing()) -> Judged {
        let store = store(rows)
        return Judged(store: store, verdicts: plan.judge(store, against: known.known(definition)))
    }

    /// The column of every field in order, then the `Action` column; row 1 is the header.
    func store(_ rows: [Row]) -> RowStore {
        var store = RowStore(formats: ["General"])
        let fields = definition.sheets[0].fields
        var columns = fields.enumerated().map { index, field in
            StoredColumn(
                role: .field(index), title: field.title.text(in: "en"), columnIndex: index)
        }
        if rows.contains(where: { $0.action != nil }) {
            columns.append(
                StoredColumn(role: .action, title: "Action", columnIndex: fields.count))
        }
        var sheet = SheetStore(
            definitionIndex: 0, name: "Rows", headerRowNumber: 1, fieldCount: fields.count,
            columns: columns)
        for (index, row) in rows.enumerated() {
            sheet.appendRow(number: UInt32(index + 2), isHidden: row.isHidden)
            let cells = row.cells + (row.action.map { [Cell(stringLiteral: $0)] } ?? [])
            let positions =
                Array(row.cells.indices) + (row.action == nil ? [] : [columns.count - 1])
            for (position, cell) in zip(positions, cells) {
                sheet.set(cell.stored(&store), row: index, column: position)
            }
        }
        store.sheets = [sheet]
        return store
    }
}

enum BenchError: Error { case noStudio, tableFull }

/// A row as a test writes it: `["acme", "ann@acme.example"]`.
struct Row: ExpressibleByArrayLiteral {
    var cells: [Cell]
    var action: String?
    var isHidden = false

    init(_ cells: [Cell], action: String? = nil, isHidden: Bool = false) {
        self.cells = cells
        self.action = action
        self.isHidden = isHidden
    }

    init(arrayLiteral elements: Cell...) { self.init(elements) }
}

/// A cell as a test writes it: a text, blank when empty, or a kind with its raw text.
struct Cell: ExpressibleByStringLiteral {
    var kind: CellKind
    var text: String
    var format = ""
    var isFormula = false
    var isMerged = false

    init(
        _ kind: CellKind, _ text: String = "", format: String = "", isFormula: Bool = false,
        isMerged: Bool = false
    ) {
        self.kind = kind
        self.text = text
        self.format = format
        self.isFormula = isFormula
        self.isMerged = isMerged
    }

    init(_ text: String) { self.init(text.isEmpty ? .blank : .text, text) }

    init(stringLiteral text: String) { self.init(text) }

    func stored(_ store: inout RowStore) -> StoredCell {
        var formatIndex = 0
        if !format.isEmpty {
            store.formats.append(format)
            formatIndex = store.formats.count - 1
        }
        return StoredCell(
            kind: kind, textID: store.texts.append(text) ?? UInt32.max,
            formatIndex: UInt16(formatIndex), isFormula: isFormula, isMerged: isMerged)
    }
}

/// What a test lets the judge know.
struct Knowing {
    /// Values by field; nil: nothing is known at all.
    var records: [[String?]]? = []
    /// Names with descriptions, by directory.
    var directories: [String: [(name: String, description: String)]] = [:]
    /// Settings in YAML that stand in for the Definition's own.
    var settings: [String] = []

    init(
        records: [[String?]]? = [],
        directories: [String: [(name: String, description: String)]] = [:],
        settings: [String] = []
    ) {
        self.records = records
        self.directories = directories
        self.settings = settings
    }

    init(_ names: [String]) {
        directories = ["names": names.map { ($0, "") }]
    }

    func known(_ definition: Definition) -> Known {
        var known = Known(settings: definition.settings, today: CivilDate.someDay)
        for setting in settings {
            do {
                known.settings = try known.settings.changed(byAssignment: setting)
            } catch {
                preconditionFailure("\(error)")
            }
        }
        for (id, names) in directories {
            var directory = DirectoryBuilder()
            for (name, description) in names { directory.add(name, description: description) }
            known.directories[id] = Directory(directory)
        }
        guard let records else { return known }
        var all = KnownRecords()
        let fieldCount = definition.sheets[0].fields.count
        for (index, start) in records.enumerated() {
            let values = start + Array(repeating: nil, count: fieldCount - start.count)
            all.add(
                KnownRecord(values: values, origin: "known.csv, row \(index + 2)"),
                of: definition.sheets[0])
        }
        known.records = all
        return known
    }
}

extension CivilDate {
    fileprivate static var someDay: CivilDate {
        guard let day = CivilDate(iso: "2026-01-31") else { preconditionFailure("a day") }
        return day
    }
}
