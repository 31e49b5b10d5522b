import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation
import XLSX
import Zip

@testable import Reports

@Suite struct ChangesWorkbookTests {
    /// The kinds of reasons that the table names.
    enum Reason: String, Sendable {
        case filled, trimmed, choice, number, taken, renamed, corrected
    }

    private func reasons(_ rows: [[UploadFixture.Cell]]) throws -> [Reason] {
        ChangedValues(try UploadFixture.values(rows)).map { change in
            switch change.reason {
            case .filled: .filled
            case .trimmed: .trimmed
            case .choice: .choice
            case .number: .number
            case .taken: .taken
            case .renamed: .renamed
            case .corrected: .corrected
            }
        }
    }

    /// What is typed into one field of a row that is right otherwise, and what is said of it.
    private static let cells: [(field: Int, cell: UploadFixture.Cell, reason: Reason?)] = [
        (0, "acme ", .trimmed), (0, "\u{A0}acme", .trimmed), (0, "acme", nil),
        (0, .other(.number, "7.0"), .number), (0, .other(.number, "7"), nil),
        (2, nil, .filled), (2, "   ", .filled), (2, "acme", nil),
        (3, "Wolke", .choice), (3, " Wolke ", .choice), (3, " Cloud", .trimmed),
        (4, "   ", .trimmed), (4, nil, nil), (4, "Gold\n", .trimmed),
    ]

    @Test(arguments: cells)
    func `a value is told of when it differs from what was typed`(
        field: Int, cell: UploadFixture.Cell, reason: Reason?
    ) throws {
        var row: [UploadFixture.Cell] = ["acme", "ann@acme.example", "acme", "Cloud", nil]
        row[field] = cell
        // The reference equals the name as it is handed on.
        if case .other(.number, _) = cell { row[2] = "7" }
        #expect(try reasons([row]) == [reason].compactMap(\.self))
        #expect(
            try ChangesWorkbook(UploadFixture.values([row]), messages: english).isEmpty
                == (reason == nil))
    }

    @Test func `rows that go back are not told of`() throws {
        #expect(try reasons([["acme ", "nonsense", nil, "Wolke"]]).isEmpty)
    }

    @Test func `it names place, old and new value, and why`() throws {
        let values = try UploadFixture.values([
            ["acme", "ann@acme.example", "acme", "Cloud"],
            ["birch ", "bea@birch.example", nil, "Wolke"],
        ])
        let workbook = try written(values)
        #expect(workbook.sheetNames == ["Changes"])
        #expect(
            try workbook.rows() == [
                ["Sheet", "Row", "Column", "Cell", "Was", "Now", "Reason"],
                [
                    "Customers", "3", "Company Name", "A3", "birch ", "birch",
                    "Spaces before or after it were cut.",
                ],
                [
                    "Customers", "3", "Billing Reference", "C3", "", "birch",
                    "It was blank and is the same as Company Name.",
                ],
                [
                    "Customers", "3", "Platform", "D3", "Wolke", "Cloud",
                    "It is written as the list has it.",
                ],
            ])
    }

    @Test func `a suggestion that was taken counts from what stood there first`() throws {
        var store = UploadFixture.store([["acme", "ann@acme.example", "acme", "Cloud"]])
        store.taken = [TakenSuggestion(sheet: 0, row: 0, field: 3, was: "cloud", now: "Cloud")]
        store.sheets[0].setOriginalRowNumber(14, row: 0)
        let rows = try written(UploadFixture.values(store)).rows()
        #expect(
            rows.dropFirst() == [
                [
                    "Customers", "14", "Platform", "D2", "cloud", "Cloud",
                    "The suggestion was accepted.",
                ]
            ])
    }

    @Test func `what starts like a formula is text`() throws {
        let values = try UploadFixture.values([
            ["+44 1 ", "ann@acme.example", "+44 1", "Cloud"],
            ["-1 ", "bea@birch.example", "-1", "Cloud"],
        ])
        let workbook = try written(values)
        #expect(try workbook.rows().map { $0[5] } == ["Now", "+44 1", "-1"])
        #expect(try !workbook.part("xl/worksheets/sheet1.xml").contains("<f"))
    }

    @Test func `it speaks the language of the messages`() throws {
        let values = try UploadFixture.values([["acme", "ann@acme.example", nil, "Cloud"]])
        let german = try FindingsFixture.german.get()
        let workbook = try WrittenWorkbook(
            ChangesWorkbook(values, messages: german).write(to: MemorySink()))
        #expect(workbook.sheetNames == ["Änderungen"])
        #expect(
            try workbook.rows()[1].last == "Die Zelle war leer; der Wert ist derselbe wie Firma.")
    }

    @Test func `the same verdicts give the same bytes`() throws {
        let values = try UploadFixture.values(UploadFixture.good("acme", "birch"))
        #expect(try written(values).bytes == written(values).bytes)
    }

    private func written(_ values: RecordValues) throws -> WrittenWorkbook {
        try WrittenWorkbook(ChangesWorkbook(values, messages: english).write(to: MemorySink()))
    }

    private var english: Messages {
        get throws { try FindingsFixture.english.get() }
    }
}
