import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation

@testable import Reports

/// A small portal and workbooks for it, built by hand.
enum FindingsFixture {
    /// Messages are read once for all tests.
    static let english = Result { try Messages(language: "en") }
    static let german = Result { try Messages(language: "de") }

    /// One cell of a row: a text, or something else with its raw text.
    enum Cell: ExpressibleByStringLiteral, ExpressibleByNilLiteral {
        case text(String)
        case other(CellKind, String)

        init(stringLiteral value: String) { self = .text(value) }
        init(nilLiteral: ()) { self = .text("") }
    }

    struct Row {
        var number: UInt32
        var original: UInt32?
        var cells: [Cell]

        init(_ number: UInt32, original: UInt32? = nil, _ cells: [Cell]) {
            self.number = number
            self.original = original
            self.cells = cells
        }
    }

    /// Rows 2 and 3 and so on are good but for what their comments say.
    static let mixed: [Row] = [
        Row(2, ["acme.1.service", "ann@acme.example", "Luminate Wholesale", "Gold"]),
        // No platform, and the address of row 5.
        Row(3, ["birch.1.service", "bea@agency.example", nil, "Free"]),
        Row(5, ["cedar.1.service", "bea@agency.example", "Luminate Wholesale"]),
        // No platform; a space before the address is only told.
        Row(6, ["fir.1.service", " fay@fir.example"]),
        // Not in the list, no address, and a platform in small letters.
        Row(8, ["elm.1.service", "<b>\"x\"\n", "luminate wholesale"]),
    ]

    /// Columns A to D are the fields; E says what a row asks for.
    private static let titles = [
        "Company Name", "Email Address", "Platform (optional)", "Package", "Action",
    ]

    static func store(
        _ rows: [Row], sheetName: String = "Customers", blankRowCount: Int = 0
    ) -> RowStore {
        var store = RowStore()
        let columns = titles.enumerated().map { index, title in
            StoredColumn(
                role: index < 4 ? .field(index) : .action, title: title, columnIndex: index)
        }
        var sheet = SheetStore(
            definitionIndex: 0, name: sheetName, headerRowNumber: 1, fieldCount: 4,
            columns: columns)
        sheet.blankRowCount = blankRowCount
        for (position, row) in rows.enumerated() {
            sheet.appendRow(number: row.number, isHidden: false)
            if let original = row.original {
                sheet.setOriginalRowNumber(original, row: position)
            }
            for (column, cell) in row.cells.enumerated() {
                sheet.set(stored(cell, &store.texts), row: position, column: column)
            }
        }
        store.sheets = [sheet]
        return store
    }

    private static func stored(_ cell: Cell, _ texts: inout TextTable) -> StoredCell {
        switch cell {
        case .text(""): .blank
        case .text(let text): StoredCell(kind: .text, textID: texts.append(text) ?? 0)
        case .other(let kind, let text): StoredCell(kind: kind, textID: texts.append(text) ?? 0)
        }
    }

    static func judged(_ store: RowStore) throws -> JudgedWorkbook {
        let definition = try definition()
        var domains = DirectoryBuilder()
        for name in ["acme.1.service", "birch.1.service", "cedar.1.service", "fir.1.service"] {
            domains.add(name)
        }
        let known = Known(
            settings: definition.settings, directories: ["domains": Directory(domains)],
            records: KnownRecords(), today: try #require(CivilDate(iso: "2026-01-31")))
        let plan = try ValidationPlan(for: definition)
        return JudgedWorkbook(store, plan.judge(store, against: known), of: definition)
    }

    /// A workbook with one bad cell, of which the same is said so many times.
    static func judged(errors count: Int) throws -> JudgedWorkbook {
        let row = Row(2, ["acme.1.service", "ann@acme.example", "nonsense"])
        let judged = try judged(store([row]))
        var verdicts = judged.verdicts
        let finding = try #require(verdicts.findings.first)
        verdicts.findings = Array(repeating: finding, count: count)
        return JudgedWorkbook(judged.store, verdicts, of: judged.definition)
    }

    static func facts(_ judged: JudgedWorkbook, files: [FileFinding] = []) -> ReportFacts {
        var facts = ReportFacts(judged, fileFindings: files)
        facts.workbookName = "customers.xlsx"
        facts.workbookSHA256 = "ab12"
        facts.today = CivilDate(iso: "2026-01-31")
        facts.inputs = [
            ReportInput("domains", sha256: "cd34"), ReportInput("existing", sha256: nil),
        ]
        return facts
    }

    /// Something of everything that costs money or sends mail.
    static let effects: Effects = {
        var effects = Effects()
        effects.added = 3
        effects.updated = 1
        effects.changes = [
            ChangeCount(sheet: "customers", action: .create, count: 3),
            ChangeCount(sheet: "customers", action: .update, count: 1),
        ]
        effects.paid = [
            PaidPackage(
                name: "Gold", count: 2, price: "12.50", currency: "GBP", period: "month",
                sum: "25.00"),
            PaidPackage(
                name: "Silver", count: 1, price: nil, currency: nil, period: nil, sum: nil),
        ]
        effects.trials = [EndingTrial(date: "2026-02-28", count: 2)]
        effects.mails = [MailCount(kind: "test.invite", count: 1)]
        return effects
    }()

    /// Facts of some rows that were judged.
    static func facts(of rows: [Row]) throws -> ReportFacts {
        facts(try judged(store(rows)))
    }

    static func definition() throws -> Definition {
        try Definitions.decode(yaml: yaml, file: "portal.yaml")
    }

    private static let yaml = """
        portal: test
        version: 3
        title: Test Portal
        settings:
          platform: [Luminate Wholesale]
          packages: [{name: Free, paid: false}, {name: Gold, paid: true}]
        directories: {domains: {title: {en: domain list, de: Domainliste}}}
        sheets:
          - id: customers
            title: {en: Customers, de: Kunden}
            aliases: []
            entity: company
            noun: {en: company, de: Firma}
            key: [name]
            actions: [Create, Update]
            fields:
              - id: name
                title: {en: Company Name, de: Firmenname}
                aliases: []
                type: text
                rules:
                  - {rule: required}
                  - rule: inDirectory
                    directory: domains
                    codes: {unknown: domain.unknown, case: domain.case_differs}
              - id: email
                title: {en: Email Address, de: E-Mail-Adresse}
                aliases: []
                type: email
                rules: [{rule: required}]
              - id: platform
                title: {en: Platform, de: Plattform}
                aliases: []
                type: choice
                choices: {setting: platform}
                rules:
                  - rule: required
                    message: {en: "{field} is blank in row {row}, and must not be."}
                    remedy: {en: "[Choose {suggestion}.]"}
              - id: package
                title: {en: Package, de: Paket}
                aliases: []
                type: choice
                choices: {setting: packages, open: true}
                rules: [{rule: charge, setting: packages}]
            rules:
              - {rule: unique, fields: [email], in: [file, known]}
        operations:
          - id: test.invite
            for: customers
            kind: manual
            mail: {en: to the admin of each company, de: an den Admin jeder Firma}
            text: {en: Invite the admin., de: Laden Sie den Admin ein.}
        """
}

/// Keeps the pieces of a report.
struct PieceSink: ReportSink {
    var pieces: [[UInt8]] = []

    mutating func write(_ bytes: [UInt8]) { pieces.append(bytes) }

    static func text(of report: some Report) throws -> String {
        var sink = PieceSink()
        try report.write(to: &sink)
        return String(decoding: sink.pieces.joined(), as: UTF8.self)
    }
}
