import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation
import Zip

@testable import Reports

/// Workbooks of the Studio portal, built by hand.
enum WorkbookFixture {
    enum Cell: ExpressibleByStringLiteral, ExpressibleByNilLiteral {
        case blank
        case text(String)
        /// Something else by its raw text, with a number format.
        case other(CellKind, String, String)

        init(stringLiteral value: String) { self = .text(value) }
        init(nilLiteral: ()) { self = .blank }
    }

    static let english = Result { try Messages(language: "en") }
    static let german = Result { try Messages(language: "de") }

    static func definition() throws -> Definition {
        let definitions = try Definitions.embedded()
        return try #require(definitions.first { $0.portal == "studio" })
    }

    static func plan() throws -> ValidationPlan { try ValidationPlan(for: definition()) }

    static let domains = [
        "acme.12345.service", "birch.12345.service", "cedar.12345.service", "dune.12345.service",
        "elm.12345.service", "fir.12345.service", "gorse.12345.service", "hazel.12345.service",
    ]

    static func known(domains: [String]? = domains) throws -> Known {
        var known = Known(
            settings: try definition().settings, records: KnownRecords(),
            today: try #require(CivilDate(iso: "2026-01-31")))
        if let domains {
            var directory = DirectoryBuilder()
            for name in domains { directory.add(name, description: "Firm \(name.prefix(4))") }
            known.directories["domains"] = Directory(directory)
        }
        return known
    }

    /// The seven fields, then `Action`, then a column of the reseller's own.
    private static let extraTitle = "Our notes"

    /// Rows from row number 2 on; nil is a row without anything.
    static func store(_ rows: [[Cell]?]) throws -> RowStore {
        let fields = try definition().sheets[0].fields
        var columns = fields.enumerated().map { index, field in
            StoredColumn(
                role: .field(index), title: field.title.text(in: "en"), columnIndex: index)
        }
        columns.append(StoredColumn(role: .action, title: "Action", columnIndex: 7))
        columns.append(StoredColumn(role: .extra, title: extraTitle, columnIndex: 8))
        var store = RowStore(formats: ["General"])
        var sheet = SheetStore(
            definitionIndex: 0, name: "Customers", headerRowNumber: 1, fieldCount: fields.count,
            columns: columns)
        for (position, cells) in rows.enumerated() {
            guard let cells else { continue }
            let row = sheet.rowCount
            sheet.appendRow(number: UInt32(position + 2), isHidden: false)
            for (column, cell) in cells.enumerated() {
                sheet.set(stored(cell, &store), row: row, column: column)
            }
        }
        store.sheets = [sheet]
        return store
    }

    private static func stored(_ cell: Cell, _ store: inout RowStore) -> StoredCell {
        switch cell {
        case .blank: return .blank
        case .text(let text):
            return StoredCell(kind: .text, textID: store.texts.append(text) ?? 0)
        case .other(let kind, let text, let format):
            if !store.formats.contains(format) { store.formats.append(format) }
            return StoredCell(
                kind: kind, textID: store.texts.append(text) ?? 0,
                formatIndex: UInt16(store.formats.firstIndex(of: format) ?? 0))
        }
    }

    /// One of everything that goes wrong.
    static let mixed: [[Cell]?] = [
        row("acme", "ann@acme.example", "Ann", "Lee"),
        row("birch", "bea@agency.example", "Bea", "Ash", platform: nil),
        nil,
        row("cedar", "bea@agency.example", "Cem", "Oak", note: "=HYPERLINK(\"http://x\")"),
        ["Firm dune", "dora@dune.example", "Dora", "Elm", nil, "luminate wholesale"],
        ["elmm.12345.service", "elm", .other(.number, "7", "000"), "007", "elm", "Luminate"],
        [
            "fir.12345.service", "Fay <fay@fir.example>", .other(.date, "45000", "dd.mm.yyyy"),
            .other(.error, "#N/A", "General"), nil, nil, nil, nil,
            .other(.number, "12.50", "0.00"),
        ],
        [nil, " bea@agency.example", "Gus", "Fern", nil, "Luminate Wholesale", nil, "Remove"],
        ["GORSE.12345.service", "g@gorse.example", "Gil", "Hay", nil, "Luminate Wholesale"],
    ]

    static func row(
        _ name: String, _ email: Cell, _ first: Cell, _ last: Cell,
        platform: Cell = "Luminate Wholesale", note: Cell = nil
    ) -> [Cell] {
        [.text("\(name).12345.service"), email, first, last, nil, platform, nil, nil, note]
    }

    static func judged(_ rows: [[Cell]?] = mixed) throws -> JudgedWorkbook {
        let store = try store(rows)
        let verdicts = try plan().judge(store, against: known())
        return JudgedWorkbook(store, verdicts, of: try definition())
    }
}
