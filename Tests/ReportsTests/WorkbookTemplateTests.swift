import Portals
import Testing
import Validation
import XLSX
import Zip

@testable import Reports

/// The blank template and the one with a row for every name.
struct WorkbookTemplateTests {
    private static func template(
        language: String = "en", fills: Bool = false, known change: (inout Known) -> Void = { _ in }
    ) throws -> ReadWorkbook {
        var known = try WorkbookFixture.known()
        change(&known)
        let messages = try
            (language == "de"
            ? WorkbookFixture.german
            : .init {
                try WorkbookFixture.english.get()
            }).get()
        let template = TemplateWorkbook(
            try WorkbookFixture.plan(), known: known, messages: messages, fills: fills)
        return try ReadWorkbook(try template.write(to: MemorySink()).bytes)
    }

    @Test func `it has a cover, the data sheets and two hidden ones`() throws {
        let book = try Self.template()
        let data = ["Customers", "Portal form", "Through NetSapiens"]
        #expect(book.sheetNames == ["Read me"] + data + ["Lists", "Rowgate"])
        #expect(
            book.workbook.sheets.map(\.visibility) == [
                .visible, .visible, .visible, .visible, .hidden, .veryHidden,
            ])
        let german = try Self.template(language: "de")
        #expect(
            german.sheetNames == [
                "Bitte lesen", "Kunden", "Portalformular", "Über NetSapiens", "Listen", "Rowgate",
            ])
        #expect(try german.cells("Kunden")["I1"] == "Prüfung")
    }

    @Test func `the header is the titles alone, with Action and Check behind the fields`() throws {
        let cells = try Self.template().cells("Customers")
        let titles = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J"].map { cells["\($0)1"] }
        #expect(
            titles == [
                "Company Name", "Email Address", "First Name", "Last Name",
                "Customer Billing Reference", "Platform", "Package", "Action", "Check", nil,
            ])
    }

    @Test func `two thousand rows have a live check, saved blank`() throws {
        let book = try Self.template()
        let formulas = try book.formulaCells("Customers")
        #expect(formulas.count == LiveChecks.rowCountMax)
        #expect(formulas.contains("I2") && formulas.contains("I2001"))
        #expect(try book.cells("Read me")["A2"] == "Customers: No row is filled in yet.")
        let part = try book.part(ofSheet: "Customers")
        #expect(part.contains("<f t=\"shared\" ref=\"I2:I2001\" si=\"0\">"))
    }

    @Test func `prompts and dropdowns reach to the sheet's end and nothing is protected`() throws {
        let part = try Self.template().part(ofSheet: "Customers")
        #expect(part.contains("sqref=\"A2:A1048576\""))
        #expect(part.contains("prompt=\"Must be filled in. The customer's domain exactly"))
        #expect(part.contains("<formula1>List_"))
        #expect(!part.contains("sheetProtection"))
        #expect(part.contains("<autoFilter ref=\"A1:I2\"/>"))
    }

    @Test func `meta says what it is`() throws {
        let cells = try Self.template(language: "de").cells("Rowgate")
        #expect(
            ["A1", "B1", "B2", "A3", "B3", "B4"].map { cells[$0] } == [
                "portal", "studio", "1", "language", "de", "template",
            ])
    }

    @Test func `a list of too many names is left out`() throws {
        let book = try Self.template { known in
            var directory = DirectoryBuilder()
            for number in 0...NameList.countMax { directory.add("name\(number)") }
            known.directories["domains"] = Directory(directory)
        }
        #expect(try book.cells("Lists").count < 20)
        #expect(try !book.part(ofSheet: "Customers").contains("not in your NetSapiens"))
    }

    @Test func `filling writes a row for each name that is not known`() throws {
        let book = try Self.template(fills: true) { known in
            var records = KnownRecords()
            let values: [String?] = ["Birch.12345.service"] + Array(repeating: nil, count: 6)
            records.add(
                KnownRecord(values: values, origin: "existing"),
                key: NameKey.bytes(of: "Birch.12345.service"), toSheet: "customers")
            known.records = records
        }
        let cells = try book.cells("Customers")
        #expect(cells["A2"] == "acme.12345.service" && cells["E2"] == "acme.12345.service")
        #expect(cells["A3"] == "cedar.12345.service" && cells["F3"] == "Luminate Wholesale")
        #expect(cells["A9"] == nil && cells["G2"] == nil)
        #expect(cells["I2"] == "Email Address is blank")
        #expect(try book.cells("Read me")["A2"] == "Customers: 7 rows still wrong, first: row 2")
    }

    @Test func `the same definition gives the same bytes`() throws {
        func bytes() throws -> [UInt8] {
            try TemplateWorkbook(
                try WorkbookFixture.plan(), known: try WorkbookFixture.known(),
                messages: try WorkbookFixture.english.get(), fills: true
            ).write(to: MemorySink()).bytes
        }
        #expect(try bytes() == bytes())
    }
}
