import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation
import XLSX
import Zip

@testable import Reports

@Suite struct AdoptedTemplateTests {
    private typealias Fixture = AdoptedFixture

    /// What is inside a worksheet, and what is inside it with the rows `acme` and `birch`.
    struct Splice: Sendable, CustomTestStringConvertible {
        let name: String
        var prefix = ""
        var headerRowNumber = 1
        let before: String
        let after: String

        var testDescription: String { name }
    }

    private static func rows(
        from number: Int, styles: [String] = ["", "", "", ""], prefix: String = ""
    ) -> String {
        ["acme", "birch"].enumerated().map { index, name in
            Fixture.row(
                number + index, [name, "\(name)@x.example", "Cloud", name], styles: styles,
                prefix: prefix)
        }.joined()
    }

    private static let header = Fixture.header()
    private static let columns =
        "<cols><col min=\"1\" max=\"2\" style=\"7\"/><col min='4' max='4' style='8'/></cols>"
    private static let example =
        "<row r=\"2\" s=\"9\"><c r=\"A2\" s=\"4\"/><c r=\"C2\"><v>3</v></c>"
        + "<c r=\"E2\" s='5'><v>1</v></c></row><row r=\"3\"><c r=\"D3\" s=\"6\"/></row>"

    private static let splices: [Splice] = [
        Splice(
            name: "nothing below the header",
            before: "<sheetData>\(header)</sheetData>",
            after: "<sheetData>\(header)\(rows(from: 2))</sheetData>"),
        Splice(
            name: "a prefix", prefix: "x:",
            before: "<x:sheetData>\(Fixture.header(prefix: "x:"))</x:sheetData><x:pageMargins/>",
            after: "<x:sheetData>\(Fixture.header(prefix: "x:"))\(rows(from: 2, prefix: "x:"))"
                + "</x:sheetData><x:pageMargins/>"),
        Splice(
            name: "a note and a blank row above the header", headerRowNumber: 3,
            before: "<sheetData><row r='1'><c r='A1'><v>5</v></c></row><row r='2'/>"
                + "\(Fixture.header(row: 3))</sheetData>",
            after: "<sheetData><row r='1'><c r='A1'><v>5</v></c></row><row r='2'/>"
                + "\(Fixture.header(row: 3))\(rows(from: 4))</sheetData>"),
        Splice(
            name: "examples give way, and their style is taken",
            before:
                "\(columns)<sheetData>\(header)\(example)</sheetData><autoFilter ref=\"A1:E1\"/>",
            after: "\(columns)<sheetData>\(header)"
                + rows(from: 2, styles: [" s=\"4\"", "", " s=\"8\"", " s=\"5\""])
                + "</sheetData><autoFilter ref=\"A1:E1\"/>"),
        Splice(
            name: "the dimension grows",
            before: "<dimension ref=\"A1:F1\"/><sheetData>\(header)</sheetData>",
            after: "<dimension ref=\"A1:F3\"/><sheetData>\(header)\(rows(from: 2))</sheetData>"),
        Splice(
            name: "the dimension shrinks",
            before: "<dimension x='>' ref='A1:C9'/><sheetData>\(header)<row r='2'/><row r='9'/>"
                + "</sheetData>",
            after: "<dimension x='>' ref='A1:E3'/><sheetData>\(header)\(rows(from: 2))"
                + "</sheetData>"),
        Splice(
            name: "a dimension nobody understands stays",
            before: "<dimension ref=\"all\"/><sheetData>\(header)</sheetData>",
            after: "<dimension ref=\"all\"/><sheetData>\(header)\(rows(from: 2))</sheetData>"),
        Splice(
            name: "comments and sections that look like markup",
            before: "<!-- <sheetData><row r=\"1\"> --><?x </sheetData>?><sheetData >\(header)"
                + "<!-- </sheetData> --></sheetData >",
            after: "<!-- <sheetData><row r=\"1\"> --><?x </sheetData>?><sheetData >\(header)"
                + "\(rows(from: 2))</sheetData >"),
        Splice(
            name: "line ends between the elements",
            before: "\r\n <sheetData>\n  \(header)\n  <row r=\"2\"/>\n </sheetData>\n",
            after: "\r\n <sheetData>\n  \(header)\(rows(from: 2))</sheetData>\n"),
        Splice(
            name: "rows without numbers", headerRowNumber: 2,
            before: "<sheetData><row/>\(unnumberedHeader)<row/></sheetData>",
            after: "<sheetData><row/>\(unnumberedHeader)\(rows(from: 3))</sheetData>"),
    ]

    private static let unnumberedHeader: String = {
        let row = Fixture.header(row: 2).replacing("<row r=\"2\">", with: "<row>")
        return "ABCDE".reduce(row) { $0.replacing(" r=\"\($1)2\"", with: "") }
    }()

    @Test(arguments: splices)
    func `only the rows below the header change`(_ splice: Splice) throws {
        let before = try Fixture.package(Fixture.sheet(splice.before, prefix: splice.prefix))
        let written = try written(before, headerRowNumber: splice.headerRowNumber)
        #expect(
            try written.part(Fixture.part) == Fixture.sheet(splice.after, prefix: splice.prefix))
        let rows = try written.rows()
        #expect(rows.suffix(2).map(\.first) == ["acme", "birch"])
    }

    @Test func `all other parts are the same, byte for byte and in the same order`() throws {
        let sheet = Fixture.sheet("<sheetData>\(Fixture.header())</sheetData>")
        let package = try Fixture.package(sheet)
        let before = try ZipArchive(reading: MemorySource(package))
        let after = try ZipArchive(reading: MemorySource(written(package).bytes))
        #expect(before.entries.map(\.name) == after.entries.map(\.name))
        for (old, new) in zip(before.entries, after.entries) where old.name != Fixture.part {
            #expect(
                try before.contents(of: old, sizeMax: 1 << 20)
                    == after.contents(of: new, sizeMax: 1 << 20), "\(old.name)")
            #expect(old.compressedSize == new.compressedSize, "\(old.name)")
        }
    }

    @Test func `values are text, whatever they look like`() throws {
        let rows: [[UploadFixture.Cell]] = [
            ["-1+2", "a@x.example", nil, "Cloud"],
            ["a<b>&\"_x0041_", "b@x.example", nil, "Cloud"],
            [.other(.number, "7"), "c@x.example", nil, "Cloud"],
        ]
        let workbook = try written(
            Fixture.package(Fixture.sheet("<sheetData>\(Fixture.header())</sheetData>")),
            rows: rows)
        #expect(
            try workbook.rows().map(\.first).dropFirst() == ["-1+2", "a<b>&\"_x0041_", "7"])
        try workbook.eachCell { reference, cell, _ in
            #expect(cell.kind == .text && !cell.isFormula, "\(reference)")
        }
        #expect(try !workbook.part(Fixture.part).contains("<f"))
    }

    @Test func `the same rows give the same bytes, more than a block of them`() throws {
        let names = (0..<1_500).map { "name-\($0)" }
        let rows: [[UploadFixture.Cell]] = names.map {
            [.text($0), .text("\($0)@x.example"), nil, "Cloud"]
        }
        let package = try Fixture.package(
            Fixture.sheet("<sheetData>\(Fixture.header())</sheetData>"))
        let workbook = try written(package, rows: rows)
        #expect(try workbook.rows().dropFirst().map(\.first) == names)
        #expect(try written(package, rows: rows).bytes == workbook.bytes)
    }

    private func written(
        _ package: [UInt8], headerRowNumber: Int = 1,
        rows: [[UploadFixture.Cell]] = UploadFixture.good("acme", "birch")
    ) throws -> WrittenWorkbook {
        let template = try Fixture.template(package, headerRowNumber: headerRowNumber)
        let values = try UploadFixture.values(rows)
        return try WrittenWorkbook(
            template.write(
                values,
                UploadRows(
                    sheet: 0, rows: RowSet(rows.indices),
                    fields: Array(values.definition.sheets[0].fields.indices)),
                to: MemorySink()))
    }
}
