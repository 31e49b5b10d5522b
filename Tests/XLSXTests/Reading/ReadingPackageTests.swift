import Catalogue
import Spreadsheet
import Testing
import XLSX
import Zip

/// How a workbook's parts are found.
struct ReadingPackageTests {
    private let fixture = ReadingFixture(
        rows: "<row r='1'><c r='A1' t='s'><v>0</v></c></row>", strings: "<si><t>x</t></si>")
    private let expected = ["A1 text \"x\""]

    @Test(arguments: [
        "/xl/workbook.xml", "xl/./workbook.xml", "xl\\workbook.xml", "XL/WorkBook.xml",
    ])
    func theWorkbookIsFoundByItsRelationship(target: String) throws {
        var fixture = fixture
        fixture["_rels/.rels"] = ReadingFixture.relationships([("1", "officeDocument", target)])
        #expect(try fixture.cells() == expected)
    }

    @Test(arguments: [
        "/xl/worksheets/sheet1.xml", "..\\xl\\worksheets\\sheet1.xml", "Worksheets/Sheet1.xml",
        "../../../xl/worksheets/sheet1.xml",
    ])
    func sheetsAreFoundByTheirRelationships(target: String) throws {
        var fixture = fixture
        fixture["xl/_rels/workbook.xml.rels"] = ReadingFixture.relationships([
            ("r9", "worksheet", "worksheets/other.xml"), ("r1", "worksheet", target),
            ("r2", "sharedStrings", "/xl/strings.xml"),
        ])
        #expect(try fixture.cells() == expected)
    }

    @Test func strictNamespacesAndPrefixesAreRead() throws {
        var fixture = fixture
        for part in fixture.parts {
            fixture[part.name] = part.text
                .replacing(
                    ReadingFixture.main, with: "http://purl.oclc.org/ooxml/spreadsheetml/main"
                )
                .replacing(
                    ReadingFixture.office,
                    with: "http://purl.oclc.org/ooxml/officeDocument/relationships")
        }
        let sheet = try #require(fixture[ReadingFixture.sheetPart])
        fixture[ReadingFixture.sheetPart] = sheet.replacing("xmlns=", with: "xmlns:x=")
            .replacing("</", with: "</x:").replacing(/<([a-z])/) { "<x:\($0.output.1)" }
        #expect(try fixture.cells() == expected)
    }

    @Test func stringsAndStylesMayBeMissing() throws {
        let fixture = ReadingFixture(rows: "<row><c><v>1</v></c><c t='s'><v>0</v></c></row>")
        #expect(try fixture.cells() == ["A1 number \"1\"", "B1 badSharedString \"0\""])
    }

    @Test func aSheetWithoutPartDoesNotLoseTheOthers() throws {
        var fixture = fixture
        fixture["xl/workbook.xml"] = ReadingFixture.workbook(
            "<sheet name='None' r:id=''/><sheet name='Gone' r:id='r7' state='hidden'/>"
                + "<sheet name='A&amp;B' r:id='r1' state='odd'/><sheet name='Chart' r:id='r8'/>",
            before: "<workbookPr date1904='true'/>")
        fixture["xl/_rels/workbook.xml.rels"] = ReadingFixture.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r7", "worksheet", "gone.xml"),
            ("r8", "chartsheet", "worksheets/sheet1.xml"),
        ])
        let workbook = try fixture.open()
        #expect(workbook.dateSystem == .excel1904)
        #expect(workbook.sheets.map(\.name) == ["None", "Gone", "A&B", "Chart"])
        #expect(workbook.sheets.map(\.missing) == [.noRelationship, .noPart, nil, nil])
        #expect(workbook.sheets.map(\.visibility) == [.visible, .hidden, .visible, .visible])
        #expect(workbook.sheets.map(\.kind) == [.worksheet, .worksheet, .worksheet, .chartsheet])
        _ = try workbook.open(workbook.sheets[2])
        for index in [0, 1, 3] {
            #expect(throws: WorkbookError.self) { try workbook.open(workbook.sheets[index]) }
        }
    }

    @Test func aWorkbookWithoutSheetsIsAnError() throws {
        var fixture = fixture
        fixture["xl/workbook.xml"] = ReadingFixture.workbook("")
        #expect(try fixture.code() == .workbookNoVisibleSheet)
    }

    @Test func externalTargetsAreNeverOpened() throws {
        var fixture = fixture
        let relationships = try #require(fixture["xl/_rels/workbook.xml.rels"])
        fixture["xl/_rels/workbook.xml.rels"] = relationships.replacing(
            "Id='r1'", with: "TargetMode='External' Id='r1'")
        #expect(try fixture.open().sheets.map(\.missing) == [.external])
    }

    @Test(arguments: [
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/strings.xml", ReadingFixture.sheetPart,
    ])
    func aDocumentTypeIsRefusedInEveryPart(name: String) throws {
        var fixture = fixture
        let text = try #require(fixture[name])
        fixture[name] = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" + text
        do {
            _ = try fixture.cells()
            Issue.record("it was read")
        } catch let error as WorkbookError {
            #expect(error.code == .xmlDoctype)
            #expect(error.part == name)
        }
    }

    @Test func brokenMarkupTellsPartAndPlace() throws {
        var fixture = fixture
        fixture[ReadingFixture.sheetPart] = "<worksheet xmlns='\(ReadingFixture.main)'></sheet>"
        do {
            _ = try fixture.cells()
            Issue.record("it was read")
        } catch let error as WorkbookError {
            #expect(error.code == .xmlMalformed)
            #expect(error.part == ReadingFixture.sheetPart)
            #expect((error.offset ?? 0) > 70)
        }
    }

    @Test func aWrongCrcCountsMoreThanTheMarkupItBreaks() throws {
        var bytes = ArraySlice(try stored(fixture))
        let pattern = Array("<sheetData>".utf8)
        var index = bytes.startIndex
        while !bytes[index...].starts(with: pattern) { index += 1 }
        bytes[index] = UInt8(ascii: "x")
        do throws(WorkbookError) {
            let workbook = try Workbook(opening: MemorySource(Array(bytes)))
            let reader = try workbook.open(workbook.sheets[0])
            var batch = RowBatch()
            while try reader.next(into: &batch) {}
            Issue.record("it was read")
        } catch { #expect(error.code == .zipCrc) }
    }

    private func stored(_ fixture: ReadingFixture) throws(ZipError) -> [UInt8] {
        var writer = ZipWriter(to: MemorySink())
        for part in fixture.parts {
            try writer.beginEntry(named: part.name, level: .stored)
            try writer.write(Array(part.text.utf8))
            try writer.endEntry()
        }
        return try writer.finish().bytes
    }

    @Test func sharedStringsAreLimited() throws {
        var limits = WorkbookLimits.upload
        limits.sharedStringCountMax = 1
        #expect(try fixture.code(limits: limits) == nil)
        limits.sharedStringCountMax = 0
        #expect(try fixture.code(limits: limits) == .sstTooLarge)
        limits = .upload
        limits.sharedStringsSizeBytesMax = 0
        #expect(try fixture.code(limits: limits) == .sstTooLarge)
    }

    @Test func stylesAndSheetsAreLimited() throws {
        var limits = WorkbookLimits.upload
        limits.cellFormatCountMax = 1
        let one = ReadingFixture(rows: "", styles: "<cellXfs><xf/></cellXfs>")
        #expect(try one.code(limits: limits) == nil)
        let two = ReadingFixture(rows: "", styles: "<cellXfs><xf/><xf/></cellXfs>")
        #expect(try two.code(limits: limits) == .stylesTooLarge)
        limits.sheetCountMax = 0
        #expect(try one.code(limits: limits) == .workbookTooManySheets)
    }
}
