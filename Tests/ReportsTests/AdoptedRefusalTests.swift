import Testing
import Zip

@testable import Reports

@Suite struct AdoptedRefusalTests {
    private typealias Fixture = AdoptedFixture

    private static let header = Fixture.header()
    private static let merges = "<mergeCells><mergeCell ref=\"A2:B2\"/></mergeCells>"
    private static let links = "<hyperlinks><hyperlink ref=\"A3\"/></hyperlinks>"

    /// What is inside a worksheet, and why it can't be filled in.
    private static let sheets: [(String, AdoptionError.Code)] = [
        ("", .header), ("<sheetData/>", .header), ("<sheetData></sheetData>", .header),
        ("<sheetData><row r=\"5\"/></sheetData>", .header),
        ("<sheetData>\(header)", .header), ("<sheetData>\(header)<!-- </sheetData>", .part),
        ("<!DOCTYPE x><sheetData>\(header)</sheetData>", .part),
        ("<sheetData>\(header)</sheetData>\(merges)", .tied),
        ("<sheetData>\(header)</sheetData>\(links)", .tied),
        ("<sheetData>\(header)<row r=\"3\"><c r=\"A3\"><f>1+1</f></c></row></sheetData>", .tied),
    ]

    @Test(arguments: sheets)
    func `a sheet that can't be filled in is refused`(
        content: String, code: AdoptionError.Code
    ) throws {
        try expect(code, from: Fixture.package(Fixture.sheet(content)))
    }

    @Test func `merged cells beside the header do no harm`() throws {
        let merges = "<mergeCells><mergeCell ref=\"F1:G1\"/></mergeCells>"
        let sheet = Fixture.sheet("<sheetData>\(Self.header)</sheetData>\(merges)")
        #expect(throws: Never.self) { try Fixture.template(Fixture.package(sheet)) }
    }

    @Test func `a sheet in UTF-16 is refused`() throws {
        let text = Fixture.sheet("<sheetData>\(Self.header)</sheetData>")
        // The headers are ASCII: every second byte is zero.
        let bytes: [UInt8] = [0xFF, 0xFE] + text.utf8.flatMap { [$0, 0] as [UInt8] }
        try expect(.part, from: Fixture.package(bytes))
    }

    @Test func `a signed workbook is refused`() throws {
        let sheet = Fixture.sheet("<sheetData>\(Self.header)</sheetData>")
        try expect(
            .signed, from: Fixture.package(sheet.utf8, with: "_xmlsignatures/sig1.xml"))
    }

    /// Bytes of a good sheet, every fifth one set to something else in turn: an error or a splice,
    /// and nothing else.
    @Test func `damage never traps`() throws {
        let sheet = Array(
            Fixture.sheet(
                "<dimension ref=\"A1:E1\"/><cols><col min=\"1\" max=\"2\" style=\"7\"/></cols>"
                    + "<sheetData>\(Self.header)<row r=\"2\"><c r=\"A2\" s=\"1\"/></row>"
                    + "</sheetData>"
            ).utf8)
        for index in stride(from: 0, to: sheet.count, by: 5) {
            for byte in "<>\"/".utf8 {
                var damaged = sheet
                damaged[index] = byte
                do throws(AdoptionError) {
                    let splice = try SheetSplice(damaged, part: "part", headerRowIndex: 0)
                    #expect(damaged.indices.contains(splice.dataRows.lowerBound))
                } catch {
                    #expect(!error.place.isEmpty)
                }
            }
        }
    }

    private func expect(_ code: AdoptionError.Code, from package: [UInt8]) throws {
        #expect {
            try Fixture.template(package)
        } throws: {
            ($0 as? AdoptionError)?.code == code
        }
    }
}
