import Portals
import Spreadsheet
import Testing
import Validation
import Zip

@testable import Reports

/// The workbook of rows to fix.
struct WorkbookRejectedTests {
    private static func rejected(
        _ rows: [[WorkbookFixture.Cell]?] = WorkbookFixture.mixed, all: Bool = false
    ) throws -> RejectedWorkbook {
        RejectedWorkbook(
            try WorkbookFixture.judged(rows), plan: try WorkbookFixture.plan(),
            known: try WorkbookFixture.known(), messages: try WorkbookFixture.english.get(),
            holdsAllRows: all)
    }

    private static let written = Result {
        try rejected().write(part: 0, to: MemorySink()).bytes
    }

    private static func book() throws -> ReadWorkbook { try ReadWorkbook(written.get()) }

    @Test func `it holds the rejected rows with the columns in their order`() throws {
        #expect(try Self.rejected().rowCount == 7)
        #expect(try Self.rejected(all: true).rowCount == 8)
        let book = try Self.book()
        #expect(book.sheetNames == ["Summary", "Customers", "Read me", "Lists", "Rowgate"])
        let cells = try book.cells("Customers")
        let titles = "HIJKLMNOPQR".map { cells["\($0)1"] }
        #expect(
            titles == [
                "Action", "Our notes", "Check", "Original row", "Problems",
                "Company Name – suggested", "Email Address – suggested",
                "Customer Billing Reference – suggested", "Platform – suggested",
                "Use suggestions?", "Rowgate row key",
            ])
    }

    @Test func `values stand as they came`() throws {
        let book = try Self.book()
        let cells = try book.cells("Customers")
        let kinds = try book.kinds("Customers")
        #expect(cells["D5"] == "007" && kinds["D5"] == .text)
        #expect(cells["C5"] == "7" && kinds["C5"] == .number)
        #expect(cells["C6"] == "45000" && kinds["C6"] == .date)
        #expect(cells["D6"] == "#N/A" && kinds["D6"] == .error)
        #expect(cells["I6"] == "12.50" && kinds["I6"] == .number)
        #expect(cells["I3"] == "=HYPERLINK(\"http://x\")" && kinds["I3"] == .text)
        #expect(cells["B7"] == " bea@agency.example")
    }

    @Test func `no cell but ours is a formula`() throws {
        let formulas = try Self.book().formulaCells("Customers")
        #expect(formulas.allSatisfy { $0.hasPrefix("J") })
        #expect(formulas.count == LiveChecks.rowCountMax)
    }

    @Test func `problems name the cells of this workbook`() throws {
        let cells = try Self.book().cells("Customers")
        #expect(cells["K3"] == "5")
        #expect(cells["L3"]?.contains("bea@agency.example is also in B2 and B7.") == true)
        #expect(cells["J3"] == "Email Address also in row 2")
        let part = try Self.book().part(ofSheet: "Customers")
        #expect(part.contains("<hyperlink ref=\"B3\" location=\"'Customers'!B2\"/>"))
        let comments = try Self.book().part("xl/comments1.xml")
        #expect(comments.contains("Firm dune cannot be the name of a domain."))
    }

    @Test func `suggestions stand beside, and the row key remembers what they were made for`()
        throws
    {
        let cells = try Self.book().cells("Customers")
        #expect(cells["M4"] == "dune.12345.service" && cells["P4"] == "Luminate Wholesale")
        let key = try #require(cells["R4"].flatMap { RowKey($0) })
        #expect(key.originalRowNumber == 6)
        #expect(key.stillHas("Firm dune", field: "name"))
        #expect(!key.stillHas("dune", field: "name"))
        #expect(key.stillHas("luminate wholesale", field: "platform"))
    }

    @Test func `the summary groups problems and asks only where all may take it`() throws {
        let cells = try Self.book().cells("Summary")
        let header = try #require(cells.first { $0.value == "Rowgate field" }?.key)
        let first = try #require(CellReference(header)).rowNumber + 1
        let table = (first..<(first + 20)).filter { cells["A\($0)"] != nil }
        let asked = table.filter { cells["H\($0)"] != nil }.map { cells["H\($0)"] }
        #expect(table.count == 16)
        #expect(asked == ["customers/platform", "customers/platform"])
        #expect(cells["A3"] == "8 rows: 1 ready · 7 to fix")
        #expect(cells["A2"] == "7 rows still wrong, first: row 2")
    }

    @Test func `a cell whose value is lost comes back blank, not as something else`() throws {
        let lost: [WorkbookFixture.Cell] = [
            .other(.badSharedString, "5120", "General"), "a@b.example", "Ann", "Lee", nil,
            "Luminate Wholesale",
        ]
        let book = try ReadWorkbook(
            try Self.rejected([lost]).write(part: 0, to: MemorySink()).bytes)
        #expect(try book.cells("Customers")["A2", default: ""] == "")
        #expect(try book.cells("Customers")["J2"] == "Company Name is blank")
    }

    @Test func `many rows are written as several workbooks`() throws {
        let rejected = RejectedWorkbook(
            try WorkbookFixture.judged(), plan: try WorkbookFixture.plan(),
            known: try WorkbookFixture.known(), messages: try WorkbookFixture.english.get(),
            rowCountMax: 5)
        #expect(rejected.partCount == 2)
        let second = try ReadWorkbook(try rejected.write(part: 1, to: MemorySink()).bytes)
        let cells = try second.cells("Customers")
        #expect(cells["K2"] == "9" && cells["K3"] == "10" && cells["K4"] == nil)
        #expect(cells["L2"]?.contains("row 3 of the first upload") == true)
        #expect(try second.cells("Summary")["A4"]?.hasPrefix("Workbook 2 of 2") == true)
    }
}
