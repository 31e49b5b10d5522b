import Portals
import Spreadsheet
import Testing
import Validation
import XLSX
import Zip

@testable import Reports

/// A portal that takes a workbook, rows for it, and what stands in a workbook that was written.
enum UploadFixture {
    typealias Cell = FindingsFixture.Cell

    /// Columns A to E are the fields; F says what a row asks for.
    private static let titles = [
        "Company Name", "Email Address", "Billing Reference", "Platform", "Package", "Action",
    ]

    /// Rows from row 2 on.
    static func store(_ rows: [[Cell]], sheetName: String = "Customers") -> RowStore {
        var store = RowStore()
        let columns = titles.enumerated().map { index, title in
            StoredColumn(
                role: index < 5 ? .field(index) : .action, title: title, columnIndex: index)
        }
        var sheet = SheetStore(
            definitionIndex: 0, name: sheetName, headerRowNumber: 1, fieldCount: 5,
            columns: columns)
        for (position, cells) in rows.enumerated() {
            sheet.appendRow(number: UInt32(position + 2), isHidden: false)
            for (column, cell) in cells.enumerated() {
                sheet.set(stored(cell, &store.texts), row: position, column: column)
            }
        }
        store.sheets = [sheet]
        return store
    }

    static func stored(_ cell: Cell, _ texts: inout TextTable) -> StoredCell {
        switch cell {
        case .text(""): .blank
        case .text(let text): StoredCell(kind: .text, textID: texts.append(text) ?? 0)
        case .other(let kind, let text): StoredCell(kind: kind, textID: texts.append(text) ?? 0)
        }
    }

    static func values(_ rows: [[Cell]]) throws -> RecordValues { try values(store(rows)) }

    static func values(_ store: RowStore) throws -> RecordValues {
        let definition = try definition()
        let known = Known(
            settings: definition.settings, directories: [:], records: KnownRecords(),
            today: try #require(CivilDate(iso: "2026-01-31")))
        let plan = try ValidationPlan(for: definition)
        return RecordValues(store, plan.judge(store, against: known), of: definition)
    }

    /// Rows with nothing wrong but what a test puts in.
    static func good(_ names: String...) -> [[Cell]] {
        names.map { [.text($0), .text("\($0)@x.example"), nil, "Cloud"] }
    }

    static func definition() throws -> Definition {
        try Definitions.decode(yaml: yaml, file: "portal.yaml")
    }

    private static let yaml = """
        portal: test
        version: 1
        title: Test Portal
        settings: {}
        directories: {}
        sheets:
          - id: customers
            title: {en: Customers, de: Kunden}
            aliases: [Companies]
            entity: company
            noun: {en: company, de: Firma}
            key: [name]
            actions: [Create, Update]
            fields:
              - id: name
                title: {en: Company Name, de: Firma}
                aliases: []
                type: text
                rules: [{rule: required}]
              - id: email
                title: {en: Email Address, de: E-Mail}
                aliases: []
                type: email
                rules: [{rule: required}]
              - id: reference
                title: {en: Billing Reference, de: Referenz}
                aliases: []
                type: text
                rules: [{rule: equals, field: name, fill: true}]
              - id: platform
                title: {en: Platform, de: Plattform}
                aliases: []
                type: choice
                choices:
                  - {value: Cloud, title: {en: Cloud, de: Wolke}}
                  - {value: Local, title: {en: Local, de: Lokal}}
                rules: [{rule: required}]
              - {id: package, title: {en: Package, de: Paket}, aliases: [], type: text, rules: []}
            rules: []
        operations: []
        """
}

/// What stands in a workbook that was written, as the reader sees it.
struct WrittenWorkbook {
    let workbook: Workbook
    let bytes: [UInt8]

    init(_ sink: MemorySink) throws { try self.init(sink.bytes) }

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        workbook = try Workbook(opening: MemorySource(bytes))
    }

    var sheetNames: [String] { workbook.sheets.map(\.name) }

    /// Texts by address.
    func cells(ofSheet index: Int = 0) throws -> [String: String] {
        var cells: [String: String] = [:]
        try eachCell(ofSheet: index) { reference, _, text in cells["\(reference)"] = text }
        return cells
    }

    /// Rows from the top, blank cells as empty texts.
    func rows(ofSheet index: Int = 0) throws -> [[String]] {
        var rows: [[String]] = []
        try eachCell(ofSheet: index) { reference, _, text in
            while rows.count <= reference.rowIndex { rows.append([]) }
            let row = reference.rowIndex
            while rows[row].count < reference.columnIndex { rows[row].append("") }
            rows[row].append(text)
        }
        return rows
    }

    func eachCell(
        ofSheet index: Int = 0, _ body: (CellReference, CellRecord, String) -> Void
    ) throws {
        let reader = try workbook.open(workbook.sheets[index])
        let strings = workbook.sharedStrings
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            for row in batch.rows {
                for cell in batch.cells[row.cellStart..<row.cellEnd] {
                    let reference = CellReference(
                        rowIndex: Int(row.rowIndex), columnIndex: Int(cell.columnIndex))
                    let text =
                        cell.isShared
                        ? strings.string(cell.payload)
                        : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
                    body(reference, cell, text)
                }
            }
        }
    }

    /// An inflated part.
    func part(_ name: String) throws -> String {
        let archive = try ZipArchive(reading: MemorySource(bytes))
        let entry = try #require(archive.entry(named: name))
        let contents = try archive.contents(of: entry, sizeMax: 1 << 24)
        return String(decoding: contents, as: UTF8.self)
    }
}
