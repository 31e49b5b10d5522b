import Portals
import Testing
import Validation
import Zip

@testable import Reports

/// What is known, in the template's own shape.
struct WorkbookExportTests {
    private static func export(ids: [String?], sheet: String = "customers") throws -> ExportWorkbook
    {
        var known = try WorkbookFixture.known()
        var records = KnownRecords()
        let plan = try WorkbookFixture.plan()
        let definition = try #require(plan.definition.sheets.first { $0.id == sheet })
        for (number, id) in ids.enumerated() {
            var values = [String?](repeating: nil, count: definition.fields.count)
            values[0] = WorkbookFixture.domains[number]
            records.add(KnownRecord(values: values, origin: "x", id: id), of: definition)
        }
        known.records = records
        return ExportWorkbook(plan, known: known, messages: try WorkbookFixture.english.get())
    }

    private static func read(_ export: ExportWorkbook) throws -> ReadWorkbook {
        try ReadWorkbook(try export.write(to: MemorySink()).bytes)
    }

    @Test func `records stand in order, with a live check each and an id where there is one`()
        throws
    {
        let cells = try Self.read(Self.export(ids: ["c-1", nil, "c-3"])).cells("Customers")
        #expect(["A2", "A3", "A4"].map { cells[$0] } == Array(WorkbookFixture.domains.prefix(3)))
        #expect(["J1", "J2", "J3", "J4"].map { cells[$0] } == ["Rowgate ID", "c-1", nil, "c-3"])
        #expect(cells["H2"] == nil && cells["I2"] == "Email Address is blank")
    }

    @Test func `no record with an id, no column for them`() throws {
        let book = try Self.read(Self.export(ids: [nil]))
        #expect(try book.cells("Customers")["J1"] == nil)
        #expect(try book.cells("Portal form")["A2"] == nil)
    }

    @Test func `meta says what it is`() throws {
        #expect(try Self.read(Self.export(ids: [nil])).cells("Rowgate")["B4"] == "export")
    }

    @Test func `more records than rows are told by their sheet`() throws {
        #expect(try Self.export(ids: [nil]).tooLongSheet == nil)
        let records = [KnownRecord](
            repeating: KnownRecord(values: ["x"], origin: ""), count: ExportWorkbook.rowCountMax + 1
        )
        let sheet = try WorkbookFixture.definition().sheets[0]
        func tooLong(_ records: [KnownRecord]) -> String? {
            ExportWorkbook.tooLong([
                KnownRows(records: records, sheet: sheet, language: "en", actions: [:])
            ])
        }
        #expect(tooLong(records) == "Customers")
        #expect(tooLong(Array(records.dropLast())) == nil)
    }
}
