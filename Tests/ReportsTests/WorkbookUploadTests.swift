import Portals
import Spreadsheet
import Testing
import Validation
import XLSX
import Zip

@testable import Reports

/// What goes to the portal, and what was changed on the way.
struct WorkbookUploadTests {
    private static let rows: [[WorkbookFixture.Cell]?] = [
        WorkbookFixture.row("acme", "ann@acme.example", "Ann", "Lee"),
        WorkbookFixture.row(
            "birch", " bea@agency.example ", .other(.number, "7", "General"), "+44 <&> 007"),
    ]

    private static func records() throws -> RecordValues {
        let judged = try WorkbookFixture.judged(rows)
        #expect(judged.verdicts.states == [[.accepted, .accepted]])
        return RecordValues(judged.store, judged.verdicts, of: judged.definition)
    }

    @Test func `the upload has the portal's columns alone and texts only`() throws {
        let upload = UploadWorkbook(
            try Self.records(),
            sheets: [UploadRows(sheet: 0, rows: RowSet([1]), fields: [0, 1, 2, 4])])
        let book = try ReadWorkbook(try upload.write(to: MemorySink()).bytes)
        #expect(book.sheetNames == ["Customers"])
        #expect(
            try book.cells("Customers") == [
                "A1": "Company Name", "B1": "Email Address", "C1": "First Name",
                "D1": "Customer Billing Reference", "A2": "birch.12345.service",
                "B2": "bea@agency.example", "C2": "7", "D2": "birch.12345.service",
            ])
        #expect(try book.kinds("Customers")["C2"] == .text)
    }

    @Test func `changes tell what was filled, cut and replaced`() throws {
        let changes = ChangesWorkbook(
            try Self.records(), messages: try WorkbookFixture.english.get())
        #expect(!changes.isEmpty)
        let cells = try ReadWorkbook(try changes.write(to: MemorySink()).bytes).cells("Changes")
        #expect(
            "ABCDEFG".map { cells["\($0)2"] ?? "" } == [
                "Customers", "2", "Customer Billing Reference", "E2", "", "acme.12345.service",
                "It was blank and is the same as Company Name.",
            ])
        #expect(cells["E3"] == " bea@agency.example " && cells["F3"] == "bea@agency.example")
        #expect(cells["D4"] == "E3" && cells["A5"] == nil)
    }

    // MARK: Adopted templates

    private static let sheet = """
        <?xml version="1.0" encoding="UTF-8"?>
        <x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">\
        <x:dimension ref="A1:C9"/><x:cols><x:col min="2" max="3" style="4"/></x:cols>\
        <!-- <x:row r="1"> --><x:sheetData><x:row r="1"><x:c r="A1"/></x:row>\
        <x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>a > b</x:t></x:is></x:c></x:row>\
        <x:row r="3"><x:c r="B3" s="7"/></x:row><x:row r="4"/></x:sheetData>\
        <x:pageMargins left="1"/></x:worksheet>
        """

    private static func adopt(_ sheet: String) throws -> AdoptedTemplate {
        var zip = ZipWriter(to: MemorySink())
        for (name, text) in [("a.xml", "<a/>"), ("xl/sheet.xml", sheet), ("z.bin", "zzz")] {
            try zip.beginEntry(named: name)
            try zip.write(Array(text.utf8))
            try zip.endEntry()
        }
        let archive = try ZipArchive(reading: MemorySource(try zip.finish().bytes))
        return try AdoptedTemplate(
            archive, sheetPart: "xl/sheet.xml", headerRowIndex: 1, columns: [1: 1, 3: 2, 6: 0])
    }

    @Test func `only data rows of an adopted template change`() throws {
        let written = try Self.adopt(Self.sheet).write(
            try Self.records(), UploadRows(sheet: 0, rows: RowSet([1]), fields: [0, 1, 2, 3, 6]),
            to: MemorySink())
        let archive = try ZipArchive(reading: MemorySource(written.bytes))
        #expect(archive.entries.map(\.name) == ["a.xml", "xl/sheet.xml", "z.bin"])
        let entry = try #require(archive.entry(named: "xl/sheet.xml"))
        let text = String(
            decoding: try archive.contents(of: entry, sizeMax: 1 << 20), as: UTF8.self)
        let rows = """
            <x:row r="3"><x:c r="B3" s="7" t="inlineStr"><x:is><x:t xml:space="preserve">\
            bea@agency.example</x:t></x:is></x:c><x:c r="C3" s="4" t="inlineStr"><x:is>\
            <x:t xml:space="preserve">+44 &lt;&amp;&gt; 007</x:t></x:is></x:c></x:row>
            """
        let expected = Self.sheet
            .replacing("<x:row r=\"3\"><x:c r=\"B3\" s=\"7\"/></x:row><x:row r=\"4\"/>", with: rows)
            .replacing("A1:C9", with: "A1:C3")
        #expect(text == expected)
    }

    @Test(arguments: [
        (
            "<x:pageMargins",
            "<x:mergeCells><x:mergeCell ref=\"A3:B3\"/></x:mergeCells><x:pageMargins",
            "adopt.tied_cells"
        ),
        (
            "<x:pageMargins",
            "<x:hyperlinks><x:hyperlink ref=\"A3\"/></x:hyperlinks><x:pageMargins",
            "adopt.tied_cells"
        ),
        ("<x:c r=\"B3\" s=\"7\"/>", "<x:c r=\"B3\"><x:f>1+1</x:f></x:c>", "adopt.tied_cells"),
        ("<!-- <x:row r=\"1\"> -->", "<!DOCTYPE x>", "adopt.part"),
        ("</x:row></x:sheetData>", "", "adopt.header"),
    ])
    func `what cannot be spliced safely is refused`(_ old: String, _ new: String, _ code: String)
        throws
    {
        let sheet =
            code == "adopt.header"
            ? "<worksheet><sheetData/></worksheet>" : Self.sheet.replacing(old, with: new)
        let error = #expect(throws: AdoptionError.self) { _ = try Self.adopt(sheet) }
        #expect(error?.code.rawValue == code)
    }
}
