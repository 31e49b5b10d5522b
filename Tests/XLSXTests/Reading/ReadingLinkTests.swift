import Testing
import Zip

@testable import XLSX

/// What leads out of a workbook.
struct ReadingLinkTests {
    private static let sheetRelationships = "xl/worksheets/_rels/sheet1.xml.rels"
    private let fixture = ReadingFixture(rows: "<row r='1'><c r='A1'><v>1</v></c></row>")

    @Test(arguments: [
        ("hyperlink", "file:///C:/prices.xlsx", true), ("hyperlink", "\\\\smb\\x", true),
        ("hyperlink", "C:\\x.xlsx", true), ("hyperlink", "../prices.xlsx", true),
        ("hyperlink", "search-ms:query=x", true), ("externalLinkPath", "prices.xlsx", true),
        ("image", "http://example.com/x.png", true), ("worksheet", "file:///x.xml", true),
        ("externalLink", "externalLinks/externalLink1.xml", false),
        ("connections", "connections.xml", false), ("control", "../activeX/x.xml", false),
        ("oleObject", "../embeddings/oleObject1.bin", false),
        ("package", "../embeddings/Word.docx", false),
    ])
    func `what leads out`(kind: String, target: String, isExternal: Bool) {
        #expect(isOutside(kind, target, isExternal))
    }

    @Test(arguments: [
        ("hyperlink", "mailto:ann@acme.example", true), ("hyperlink", "HTTP://acme.example", true),
        ("hyperlink", "https://acme.example/a:b", true), ("hyperlink", "tel:+44", true),
        ("hyperlink", "#Customers!A1", true), ("hyperlink", "x.xml", false),
        ("worksheet", "worksheets/sheet1.xml", false), ("drawing", "x.xml", false),
    ])
    func `what does not`(kind: String, target: String, isExternal: Bool) {
        #expect(!isOutside(kind, target, isExternal))
    }

    @Test func `the first of a workbook and of each sheet is told`() throws {
        var fixture = fixture
        let plain = try opened(fixture)
        #expect(plain.outsideLink == nil)
        #expect(try plain.outsideLink(of: plain.sheets[0]) == nil)
        fixture["xl/_rels/workbook.xml.rels"] = ReadingFixture.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r8", "connections", "connections.xml"),
            ("r9", "externalLink", "externalLinks/externalLink1.xml"),
        ])
        fixture[Self.sheetRelationships] = ReadingFixture.relationships([
            ("r1", "table", "../tables/table1.xml"), ("r2", "oleObject", "../x.bin"),
        ])
        let workbook = try opened(fixture)
        #expect(workbook.outsideLink == "connections.xml")
        #expect(try workbook.outsideLink(of: workbook.sheets[0]) == "../x.bin")
    }

    private func isOutside(_ kind: String, _ target: String, _ isExternal: Bool) -> Bool {
        OutsideLink.isOne(
            type: "\(ReadingFixture.office)/\(kind)", target: target, isExternal: isExternal)
    }

    private func opened(_ fixture: ReadingFixture) throws -> Workbook {
        try Workbook(opening: MemorySource(try fixture.bytes()))
    }
}
