import Catalogue
import Testing
import XLSX

/// Where rows and cells stand.
struct ReadingRowTests {
    private func fixture(_ rows: String) -> ReadingFixture { ReadingFixture(rows: rows) }

    @Test func rowsAndCellsWithoutReferencesStandInOrder() throws {
        let rows =
            "<row><c><v>1</v></c><c r='D1'><v>2</v></c><c><v>3</v></c></row><row/>"
            + "<row><c/><c><v>4</v></c></row><row r='9'><c><v>5</v></c></row>"
        #expect(
            try fixture(rows).cells() == [
                "A1 number \"1\"", "D1 number \"2\"", "E1 number \"3\"", "B3 number \"4\"",
                "A9 number \"5\"",
            ])
    }

    @Test func cellsMayStandInAnyOrderOfColumns() throws {
        let rows = "<row r='1'><c r='C1'><v>3</v></c><c r='A1'><v>1</v></c></row>"
        #expect(try fixture(rows).cells() == ["C1 number \"3\"", "A1 number \"1\""])
    }

    @Test(arguments: [
        "0", "-1", "1048577", "2147483648", "100000000000000000000", "1e3", "٣", "", "A",
    ])
    func aBadRowNumberIsAnErrorOfTheSheet(number: String) throws {
        let fixture = fixture("<row r='\(number)'><c><v>1</v></c></row>")
        #expect(try fixture.code() == .sheetBadRowRef)
        #expect(try fixture.cells(asWritten: true) == ["A1 number \"1\""])
    }

    @Test func theLastRowOfTheGridIsReadAndNoneAfter() throws {
        let last = "<row r='1048576'><c><v>1</v></c></row>"
        #expect(try fixture(last).cells() == ["A1048576 number \"1\""])
        #expect(try fixture(last + "<row/>").code() == .sheetBadRowRef)
    }

    @Test(arguments: ["1", "2"])
    func repeatedAndFallingRowsAreAnError(number: String) throws {
        let rows =
            "<row r='2'><c r='A2'><v>1</v></c></row>"
            + "<row r='\(number)'><c r='B\(number)'><v>2</v></c></row>"
        #expect(try fixture(rows).code() == .sheetRowOrder)
        let cells = try fixture(rows).cells(asWritten: true)
        #expect(cells == ["A2 number \"1\"", "B\(number) number \"2\""])
    }

    @Test(arguments: [
        "XFE1", "ZZZZZZZ1", "A0", "1A", "a1", "$A$1", "Ａ1", "", "A2", "A1048577", "7",
    ])
    func aBadReferenceIsTheCellsFault(reference: String) throws {
        let rows = "<row r='1'><c r='\(reference)'><v>1</v></c><c r='C1'><v>2</v></c></row>"
        #expect(
            try fixture(rows).cells() == ["A1 badReference \"\(reference)\"", "C1 number \"2\""])
    }

    @Test func aCellOfAnotherRowStandsWhereItsReferenceSays() throws {
        let rows = "<row r='1'><c r='A1'><v>1</v></c><c r='A5'><v>2</v></c></row>"
        #expect(try fixture(rows).cells(asWritten: true) == ["A1 number \"1\"", "A5 number \"2\""])
    }

    @Test func aCellTwiceIsAnErrorThatTellsItsRow() throws {
        let rows = "<row r='3'><c r='B3'><v>1</v></c><c r='C3'/><c r='B3'><v>2</v></c></row>"
        #expect(try fixture(rows).code() == .sheetDuplicateCell)
        #expect(throws: WorkbookError.self) { try fixture(rows).cells() }
        do { _ = try fixture(rows).cells() } catch let error as WorkbookError {
            #expect(error.rowNumber == 3)
            #expect(error.part == ReadingFixture.sheetPart)
        }
    }

    @Test func hiddenRowsSayIt() throws {
        let rows = "<row r='1' hidden='1'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>"
        let workbook = try fixture(rows).open()
        let reader = try workbook.open(workbook.sheets[0])
        var batch = RowBatch()
        #expect(try reader.next(into: &batch))
        #expect(batch.rows.map(\.isHidden) == [true, false])
    }

    @Test func mergesAndFilterAreKnownAtTheEnd() throws {
        var fixture = fixture("<row r='1'><c><v>1</v></c></row>")
        fixture[ReadingFixture.sheetPart] = ReadingFixture.worksheet(
            "",
            after: "<autoFilter ref='A1:B2'/><mergeCells count='9'><mergeCell ref='A1:B2'/>"
                + "<mergeCell ref=''/><mergeCell ref='A1:XFD1048576'/><mergeCell ref='A:A'/>"
                + "</mergeCells>"
        )
        let workbook = try fixture.open()
        let reader = try workbook.open(workbook.sheets[0])
        var batch = RowBatch()
        #expect(try !reader.next(into: &batch))
        #expect(reader.merges.map { "\($0)" } == ["A1:B2", "A1:XFD1048576"])
        #expect(reader.mergeCount == 4)
        #expect(reader.hasAutoFilter)
    }

    /// None of these is allowed by the schema; none may trap or move a value to another cell.
    @Test(arguments: [
        ("<c r='A1'><is><t>x</t></is></c><row><c><v>1</v></c></row>", ["A1 number \"1\""]),
        ("<row><is><t>x</t></is><v>2</v><c><v>1</v><v>2</v></c></row>", ["A1 number \"1\""]),
        ("<row><c><is><t>x</t></is><v>1</v></c></row>", ["A1 text \"x\""]),
        ("<row><c><v>1</v><is><t>x</t></is></c></row>", ["A1 text \"x\""]),
    ])
    func elementsInWrongPlacesAreNotTaken(rows: String, expected: [String]) throws {
        #expect(try fixture(rows).cells() == expected)
    }

    @Test(arguments: [
        "<row><sheetData><row/></sheetData></row>", "<row><row/></row>", "<row><c><c/></c></row>",
        "<row><c><row><c/></row></c></row>",
    ])
    func rowsAndCellsInsideOneAnotherAreAnError(rows: String) throws {
        #expect(try fixture(rows).code() == .xmlMalformed)
    }

    /// Rows of many cells, so that a batch ends inside one.
    @Test func batchesCutNoRow() throws {
        let columns = ["A", "B", "C", "D", "E", "F", "G", "H"]
        let rows = (1...4_200).map { row in
            let cells = columns.map { "<c t='inlineStr'><is><t>\($0)\(row)</t></is></c>" }
            return "<row r='\(row)'>\(cells.joined())</row>"
        }
        let expected = (1...4_200).flatMap { row in
            columns.map { "\($0)\(row) text \"\($0)\(row)\"" }
        }
        #expect(try fixture(rows.joined()).cells() == expected)
    }

    @Test func cellsAreLimited() throws {
        var limits = WorkbookLimits.upload
        limits.cellCountMax = 2
        let two = "<row><c><v>1</v></c><c/><c><v>2</v></c></row>"
        #expect(try fixture(two).code(limits: limits) == nil)
        let three = two + "<row><c><v>3</v></c></row>"
        #expect(try fixture(three).code(limits: limits) == .sheetTooManyCells)
    }

    @Test func theTextOfARowIsLimited() throws {
        var limits = WorkbookLimits.upload
        limits.rowSizeBytesMax = 10
        func row(_ text: String) -> String { "<row><c t='str'><v>\(text)</v></c></row>" }
        #expect(try fixture(row("0123456789") + row("0123456789")).code(limits: limits) == nil)
        #expect(try fixture(row("0123456789x")).code(limits: limits) == .sheetTooManyCells)
    }
}
