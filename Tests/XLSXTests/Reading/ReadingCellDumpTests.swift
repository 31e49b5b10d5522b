import Testing
import XLSX

struct ReadingCellDumpTests {
    private static let styles = "<cellXfs><xf/><xf numFmtId='14'/></cellXfs>"

    private func lines(_ fixture: ReadingFixture, sheetName: String? = nil) throws -> [String] {
        var dump = CellDump(try fixture.open(), sheetName: sheetName)
        var bytes: [UInt8] = []
        while try dump.next(into: &bytes) {}
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test(arguments: [
        ("<c><v>1.50</v></c>", #""type":"n","value":1.5"#),
        ("<c><v>1E3</v></c>", #""type":"n","value":1000"#),
        ("<c s='1'><v>43861</v></c>", #""type":"d","value":"2020-01-31","num":43861"#),
        ("<c s='1'><v>43861.5</v></c>", #""type":"d","value":"2020-01-31T12:00:00","num":43861.5"#),
        ("<c s='1'><v>-1</v></c>", #""type":"n","value":-1"#),
        ("<c t='d'><v>2020-01-31</v></c>", #""type":"d","value":"2020-01-31","num":43861"#),
        ("<c t='d'><v>1582-10-15</v></c>", #""type":"d","value":"1582-10-15""#),
        ("<c t='d'><v>PT12H0M0.000S</v></c>", #""type":"n","value":0.5"#),
        ("<c t='d'><v>invalid</v></c>", #""type":"e","value":"invalid""#),
        ("<c t='b'><v>1</v></c>", #""type":"b","value":true"#),
        ("<c t='e'><v>#N/A</v></c>", ##""type":"e","value":"#N/A""##),
        ("<c t='str'><v>\"\\/&#9;é_x0001_</v></c>", #""type":"s","value":"\"\\/\té\u0001""#),
        ("<c t='s'><v>7</v></c>", #""type":"e","value":"7""#),
    ])
    func eachKindHasItsForm(cell: String, expected: String) throws {
        let lines = try lines(ReadingFixture(rows: "<row>\(cell)</row>", styles: Self.styles))
        #expect(lines.first == #"{"sheet":"One","ref":"","type":"sheet","value":"worksheet"}"#)
        #expect(lines.dropFirst() == [#"{"sheet":"One","ref":"A1",\#(expected)}"#])
    }

    @Test func emptyTextsAreLeftOutAndCellsSortedByColumn() throws {
        let rows =
            "<row><c r='C1'><v>3</v></c><c r='A1'><v>1</v></c><c r='B1' t='str'><v></v></c></row>"
        let lines = try lines(ReadingFixture(rows: rows))
        #expect(lines.dropFirst().map { $0.dropFirst(21).prefix(4) } == ["\"A1\"", "\"C1\""])
    }

    @Test func whatIsPrintedIsCounted() throws {
        let rows =
            "<row r='1'><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c><f>B1</f></c></row>"
            + "<row r='2'><c t='str'><v></v></c></row><row r='4'><c><v>1</v></c></row>"
            + "<row r='4'><c r='B4'><v>2</v></c></row>"
        let fixture = ReadingFixture(rows: rows, strings: "<si><t>x</t></si><si/>")
        let workbook = try fixture.open()
        let reader = try workbook.openAsWritten(workbook.sheets[0])
        var batch = RowBatch()
        var counts = FilledCounts()
        while try reader.next(into: &batch) { counts.add(batch, of: workbook) }
        #expect((counts.rows, counts.cells) == (2, 3))
        #expect(try lines(fixture).count == 1 + counts.cells)
    }

    @Test func missingSheetsAreNamedAndOthersPrinted() throws {
        var fixture = ReadingFixture(rows: "<row><c><v>1</v></c></row>")
        fixture["xl/workbook.xml"] = ReadingFixture.workbook(
            "<sheet name='Gone' r:id='r7'/><sheet name='One' r:id='r1'/>")
        #expect(try lines(fixture).count == 2)
        #expect(try CellDump(fixture.open()).missing.map(\.name) == ["Gone"])
        #expect(try lines(fixture, sheetName: "Gone").isEmpty)
    }
}
