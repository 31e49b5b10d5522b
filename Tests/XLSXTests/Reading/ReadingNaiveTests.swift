import Testing
import XLSX
import Zip

/// What readers get wrong that believe the usual: one property a workbook, in the order of how many
/// files of other programs have it (2,061 were looked at).
struct ReadingNaiveTests {
    /// A workbook that has one property, and what is printed of its cells.
    struct Property: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let expected: [String]
        let make: @Sendable () -> ReadingFixture

        init(
            _ name: String, _ expected: [String], _ make: @escaping @Sendable () -> ReadingFixture
        ) {
            testDescription = name
            self.expected = expected
            self.make = make
        }
    }

    private static let styles =
        "<numFmts><numFmt numFmtId='164' formatCode='&quot;day&quot; 0.0'/>"
        + "<numFmt numFmtId='165' formatCode='dd.mm.yyyy'/></numFmts><cellXfs><xf/>"
        + "<xf numFmtId='14' applyNumberFormat='0'/><xf numFmtId='164'/><xf numFmtId='165'/>"
        + "</cellXfs>"

    private static func row(_ cells: String, strings: String? = nil) -> ReadingFixture {
        ReadingFixture(rows: "<row r='1'>\(cells)</row>", strings: strings, styles: styles)
    }

    private static func shared(_ item: String) -> ReadingFixture {
        row("<c t='s'><v>0</v></c>", strings: item)
    }

    private static func edited(
        _ part: String, _ old: String, _ new: String
    ) -> ReadingFixture {
        var fixture = row("<c><v>1</v></c>")
        fixture[part] = fixture[part]?.replacing(old, with: new)
        return fixture
    }

    private static let book = "xl/workbook.xml"
    private static let bookRelationships = "xl/_rels/workbook.xml.rels"
    private static let one = [#""A1","type":"n","value":1"#]

    private static let values: [Property] = [
        .init("a saved formula value", [#""A1","type":"n","value":3"#]) {
            row("<c><f>1+2</f><v>3</v></c>")
        },
        .init("a text of a formula", [#""A1","type":"s","value":"12""#]) {
            row("<c t='str'><v>12</v></c>")
        },
        .init("an error cell", [##""A1","type":"e","value":"#N/A""##]) {
            row("<c t='e'><v>#N/A</v></c>")
        },
        .init(
            "a date by a format of its own", [#""A1","type":"d","value":"2020-01-31","num":43861"#]
        ) {
            row("<c s='3'><v>43861</v></c>")
        },
        .init("a d in quotes makes no date", [#""A1","type":"n","value":43861"#]) {
            row("<c s='2'><v>43861</v></c>")
        },
        .init(
            "applyNumberFormat that says no",
            [#""A1","type":"d","value":"2020-01-31","num":43861"#]
        ) { row("<c s='1'><v>43861</v></c>") },
        .init("a date as text", [#""A1","type":"d","value":"2020-01-31","num":43861"#]) {
            row("<c t='d'><v>2020-01-31</v></c>")
        },
        .init("days from 1904", [#""A1","type":"d","value":"2024-02-01","num":43861"#]) {
            var fixture = row("<c s='1'><v>43861</v></c>")
            fixture[book] = ReadingFixture.workbook(
                "<sheet name='One' sheetId='1' r:id='r1'/>", before: "<workbookPr date1904='1'/>")
            return fixture
        },
        .init("ends of a text kept", [#""A1","type":"s","value":" a ""#]) {
            shared("<si><t xml:space='preserve'> a </t></si>")
        },
        .init("character references", [#""A1","type":"s","value":"aé\n""#]) {
            shared("<si><t xml:space='preserve'>&#97;&#xE9;&#10;</t></si>")
        },
        .init("all runs of one text", [#""A1","type":"s","value":"ab""#]) {
            shared("<si><r><t>a</t></r><r><t>b</t></r></si>")
        },
        .init("an inline text", [#""A1","type":"s","value":"a""#]) {
            row("<c t='inlineStr'><is><t>a</t></is></c>")
        },
        .init("CR LF", [#""A1","type":"s","value":"a\nb""#]) { shared("<si><t>a\r\nb</t></si>") },
        .init("an escaped character", [#""A1","type":"s","value":"aAb""#]) {
            shared("<si><t>a_x0041_b</t></si>")
        },
        .init("phonetic text", [#""A1","type":"s","value":"a""#]) {
            shared("<si><t>a</t><rPh sb='0' eb='1'><t>b</t></rPh></si>")
        },
    ]

    private static let packages: [Property] = [
        .init("no shared strings", one) { row("<c><v>1</v></c>") },
        .init("no styles", one) { ReadingFixture(rows: "<row r='1'><c><v>1</v></c></row>") },
        .init("a mark before UTF-8", one) {
            edited(ReadingFixture.sheetPart, "<worksheet", "\u{FEFF}<worksheet")
        },
        .init("a prefix", one) {
            edited(book, "workbook xmlns=", "x:workbook xmlns:x=").prefixed(book)
        },
        .init("an absolute target", one) {
            edited(bookRelationships, "'worksheets/", "'/xl/worksheets/")
        },
        .init("a target with backslashes", one) {
            edited(bookRelationships, "'worksheets/", "'worksheets\\")
        },
        .init("a target in another case", one) {
            edited(bookRelationships, "'worksheets/sheet1", "'WorkSheets/Sheet1")
        },
        .init("a sheet by its relationship, not its place", one) {
            var fixture = row("<c><v>1</v></c>")
            fixture["xl/worksheets/sheet0.xml"] = ReadingFixture.worksheet(
                "<row><c><v>9</v></c></row>")
            return fixture
        },
        .init("Strict namespaces", one) {
            edited(
                ReadingFixture.sheetPart, ReadingFixture.main,
                "http://purl.oclc.org/ooxml/spreadsheetml/main")
        },
        .init("a hidden sheet", one) { edited(book, "name='One'", "name='One' state='hidden'") },
        .init("a chart sheet", []) { edited(bookRelationships, "/worksheet'", "/chartsheet'") },
        .init("a dimension that lies", one) {
            edited(ReadingFixture.sheetPart, "<sheetData>", "<dimension ref='B7:B9'/><sheetData>")
        },
        .init(
            "cells without reference",
            [#""A1","type":"n","value":1"#, #""B1","type":"n","value":2"#]
        ) { ReadingFixture(rows: "<row r='1'><c><v>1</v></c><c><v>2</v></c></row>") },
        .init(
            "rows without number", [#""A1","type":"n","value":1"#, #""A2","type":"n","value":2"#]
        ) { ReadingFixture(rows: "<row><c><v>1</v></c></row><row><c><v>2</v></c></row>") },
        .init("a workbook elsewhere", one) {
            var fixture = edited("_rels/.rels", "xl/workbook.xml", "a/b.xml")
            fixture["a/b.xml"] = fixture[book]
            fixture["a/_rels/b.xml.rels"] = fixture[bookRelationships]?.replacing(
                "'worksheets", with: "'/xl/worksheets")
            fixture[book] = nil
            return fixture
        },
    ]

    /// Two more are of other rooms: sizes in data descriptors (`AcceptedArchivesTests`), and UTF-16
    /// (`XMLEncodingTests`).
    @Test(arguments: values + packages)
    func `it is read as it is meant`(property: Property) throws {
        var dump = CellDump(try property.make().open())
        var bytes: [UInt8] = []
        while try dump.next(into: &bytes) {}
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
        #expect(lines.map { $0.dropFirst(21).dropLast() } == property.expected.map { $0[...] })
    }
}

extension ReadingFixture {
    /// The fixture with a prefix at every element of a part.
    fileprivate func prefixed(_ part: String) -> ReadingFixture {
        var fixture = self
        fixture[part] = fixture[part]?.replacing("</", with: "</x:")
            .replacing(/<([a-z])/) { "<x:\($0.output.1)" }.replacing("x:x:", with: "x:")
        return fixture
    }
}
