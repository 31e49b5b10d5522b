import Catalogue
import Testing
import XLSX
import XML
import Zip

/// Cutting a part into pieces changes nothing of what is read.
@Suite("Reading in pieces")
struct ReadingPiecesTests {
    private static func row(_ number: Int, _ cells: String = "<v>1</v>") -> String {
        "<row r='\(number)'><c r='A\(number)'>\(cells)</c></row>"
    }

    private static let rows = (1...9).map { row($0) }.joined()

    /// Sheets in which a cut might go wrong, by what is in them.
    private static let sheets: [(name: String, sheet: String)] = [
        ("rows", ReadingFixture.worksheet(rows)),
        (
            "blank and hidden rows",
            ReadingFixture.worksheet(
                "<row r='2' hidden='1'/>" + row(3) + "<row r='4'/>" + row(5)
                    + "<row r='70' hidden='1'>"
                    + "<c r='B70' t='s'><v>2</v></c></row>" + row(71))
        ),
        ("white space", ReadingFixture.worksheet((1...9).map { row($0) + "\n \t" }.joined())),
        (
            "rows without numbers",
            ReadingFixture.worksheet(
                String(repeating: "<row><c><v>1</v></c></row>", count: 9))
        ),
        (
            "numbers that end",
            ReadingFixture.worksheet(
                rows + String(repeating: "<row><c><v>1</v></c></row>", count: 9))
        ),
        (
            "formulas, styles, strings",
            ReadingFixture.worksheet(
                (1...9).map {
                    row($0, "<f>A1</f><v>\($0)</v>").replacing("<c ", with: "<c s='1' t='s' ")
                }.joined())
        ),
        (
            "inline text",
            ReadingFixture.worksheet(
                (1...9).map {
                    row($0, "<is><t>a&lt;row r='3'> \($0)</t></is>")
                        .replacing("<c ", with: "<c t='inlineStr' ")
                }.joined())
        ),
        (
            "an index in two pieces",
            ReadingFixture.worksheet(
                (1...9).map {
                    row($0, "<v>00&#48;\($0 % 3)</v>").replacing("<c ", with: "<c t='s' ")
                }.joined())
        ),
        (
            "comments",
            ReadingFixture.worksheet(
                row(1) + "<!-- " + row(2) + row(3) + "-->" + row(4) + "<!--<row>-->" + row(5))
        ),
        (
            "a comment before",
            "<worksheet xmlns='\(ReadingFixture.main)'><!-- <row r='1'> -->"
                + "<sheetData>\(rows)</sheetData></worksheet>"
        ),
        (
            "a comment that ends twice",
            "<worksheet xmlns='\(ReadingFixture.main)'><sheetData><!-- "
                + row(1) + "-->" + row(2) + row(3) + "<!-- -->" + row(4)
                + "</sheetData></worksheet>"
        ),
        (
            "CDATA",
            ReadingFixture.worksheet(
                (1...5).map { row($0, "<v><![CDATA[<row r='1'>]]></v>") }.joined())
        ),
        (
            "processing instructions",
            ReadingFixture.worksheet(
                row(1) + "<?a <row r='1'>?>" + row(2) + row(3))
        ),
        (
            "rows of others",
            ReadingFixture.worksheet(
                row(1) + row(2, "<v>1</v><extLst><ext><row r='9'/></ext></extLst>") + row(3)
                    + row(4),
                after: "<extLst><row r='8'><c r='A8'><v>1</v></c></row></extLst>")
        ),
        (
            "rows of another namespace",
            ReadingFixture.worksheet(
                row(1) + "<row xmlns='urn:x' r='2'><c r='A2'><v>1</v></c></row>" + row(3) + row(4))
        ),
        (
            "merges and filter",
            ReadingFixture.worksheet(
                rows,
                after: "<autoFilter ref='A1:A9'/><mergeCells><mergeCell ref='A1:B2'/></mergeCells>"
            )
        ),
        (
            "a prefix",
            "<x:worksheet xmlns:x='\(ReadingFixture.main)'><x:sheetData>"
                + rows.replacing("<row", with: "<x:row").replacing("</row", with: "</x:row")
                .replacing("<c", with: "<x:c").replacing("</c", with: "</x:c")
                .replacing("<v", with: "<x:v").replacing("</v", with: "</x:v")
                + "</x:sheetData></x:worksheet>"
        ),
        (
            "prefixes around",
            "<x:worksheet xmlns:x='\(ReadingFixture.main)'><x:sheetData>"
                + rows.replacing("<row", with: "<row xmlns='\(ReadingFixture.main)'")
                + "</x:sheetData></x:worksheet>"
        ),
        (
            "a declaration",
            "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n"
                + ReadingFixture.worksheet(rows)
        ),
        (
            "another encoding",
            "<?xml version='1.0' encoding='latin1'?>"
                + ReadingFixture.worksheet(rows)
        ),
        ("a document type", "<!DOCTYPE worksheet>" + ReadingFixture.worksheet(rows)),
        ("an entity", ReadingFixture.worksheet(row(1) + row(2, "<v>&x;</v>") + row(3))),
        ("no end", String(ReadingFixture.worksheet(rows).dropLast(20))),
        ("more after the end", ReadingFixture.worksheet(rows) + rows),
        ("a row not closed", ReadingFixture.worksheet(row(1) + "<row r='2'>" + row(3) + row(4))),
        (
            "a cell not closed",
            ReadingFixture.worksheet(
                row(1) + row(2) + "<row r='3'><c r='A3'>" + row(4) + row(5))
        ),
        ("a tag not closed", ReadingFixture.worksheet(row(1) + row(2) + "<row r='3' " + row(4))),
        ("a comment not closed", ReadingFixture.worksheet(row(1) + row(2) + "<!-- " + row(3))),
        ("an end too many", ReadingFixture.worksheet(row(1) + row(2) + "</row>" + row(3))),
        (
            "data ended early",
            ReadingFixture.worksheet(
                row(1) + row(2) + "</sheetData></worksheet>" + row(3) + row(4))
        ),
        (
            "rows that fall",
            ReadingFixture.worksheet(
                (1...5).map { row($0) }.joined() + row(3) + row(9))
        ),
        ("a row twice", ReadingFixture.worksheet(row(1) + row(2) + row(2) + row(3))),
        (
            "a cell twice",
            ReadingFixture.worksheet(
                row(1) + row(2) + "<row r='3'><c r='A3'/><c r='A3'/></row>" + row(4))
        ),
        ("a bad row number", ReadingFixture.worksheet(row(1) + row(2) + row(0) + row(4))),
        (
            "cells of other rows",
            ReadingFixture.worksheet(
                row(1) + "<row r='2'><c r='A5'><v>1</v></c><c><v>2</v></c></row>" + row(3) + row(4))
        ),
        (
            "a long row",
            ReadingFixture.worksheet(
                row(1) + row(2, "<v>\(String(repeating: "1", count: 900))</v>") + row(3) + row(4))
        ),
    ]

    private static let strings =
        "<si><t>zero</t></si><si><t xml:space='preserve'> one </t></si><si/>"
        + "<si><r><t>t</t></r><r><t>wo</t></r><rPh><t>x</t></rPh></si><si><t>_x0041_</t></si>"

    @Test(arguments: sheets.indices, [24, 80, 200, 600])
    func `a sheet in pieces has the cells of the whole one`(index: Int, size: Int) throws {
        var fixture = ReadingFixture(rows: "", strings: Self.strings)
        fixture[ReadingFixture.sheetPart] = Self.sheets[index].sheet
        let source = MemorySource(try fixture.bytes())
        for asWritten in [false, true] {
            let whole = ReadOutcome(source, asWritten: asWritten, pieceSize: nil)
            for threads in [1, 3] {
                let cut = ReadOutcome(
                    source, asWritten: asWritten, pieceSize: size, threads: threads)
                #expect(cut == whole, "\(Self.sheets[index].name)")
            }
        }
    }

    @Test(arguments: [
        strings, strings + "<!-- <si> -->" + strings, strings + "<si><t>", strings + "<si>&x;</si>",
        strings + "<x:si xmlns:x='urn:x'><t>no</t></x:si>" + strings,
        strings + "<si><t>\(String(repeating: "long ", count: 7000))</t></si>" + strings,
    ])
    func `strings in pieces are the strings of the whole table`(strings: String) throws {
        let rows = (0..<16).map {
            "<row r='\($0 + 1)'><c r='A\($0 + 1)' t='s'><v>\($0)</v></c></row>"
        }
        let fixture = ReadingFixture(rows: rows.joined(), strings: strings)
        let source = MemorySource(try fixture.bytes())
        let whole = ReadOutcome(source, asWritten: false, pieceSize: nil)
        for size in [24, 70, 300] {
            let cut = ReadOutcome(source, asWritten: false, pieceSize: size, threads: 2)
            #expect(cut == whole)
        }
    }

    @Test func `limits count over all pieces`() throws {
        var limits = WorkbookLimits()
        limits.cellCountMax = 7
        limits.sharedStringCountMax = 4
        for strings in [nil, Self.strings] {
            let source = MemorySource(
                try ReadingFixture(rows: Self.rows, strings: strings).bytes())
            let whole = ReadOutcome(source, asWritten: false, pieceSize: nil, limits: limits)
            let cut = ReadOutcome(
                source, asWritten: false, pieceSize: 60, threads: 2, limits: limits)
            #expect(cut == whole)
            #expect(whole.lines.last?.contains(strings == nil ? "sheet" : "sst") == true)
        }
    }

    @Test func `elements of other namespaces are counted over all pieces`() throws {
        var limits = WorkbookLimits()
        limits.xml.unknownMax = 5
        let rows = Self.rows.replacing("</row>", with: "<x:a xmlns:x='urn:x'/></row>")
        let source = MemorySource(try ReadingFixture(rows: rows).bytes())
        let whole = ReadOutcome(source, asWritten: false, pieceSize: nil, limits: limits)
        let cut = ReadOutcome(source, asWritten: false, pieceSize: 120, limits: limits)
        #expect(cut == whole)
        #expect(whole.lines.last?.contains("xml.too_many_unknown") == true)
    }

    @Test func `pieces are really cut`() throws {
        let fixture = ReadingFixture(rows: Self.rows)
        var parallelism = Parallelism()
        parallelism.pieceSizeBytes = 100
        let workbook = try fixture.open(parallelism: parallelism)
        let reader = try workbook.open(workbook.sheets[0])
        var batch = RowBatch()
        var batchCount = 0
        while try reader.next(into: &batch) { batchCount += 1 }
        #expect(batchCount > 3)
    }
}
