import Spreadsheet
import Testing

@Suite struct CellReferenceTests {
    @Test(arguments: [
        ("A1", 0, 0), ("Z1", 0, 25), ("AA1", 0, 26), ("AZ10", 9, 51), ("ZZ2", 1, 701),
        ("AAA3", 2, 702), ("XFD1048576", 1_048_575, 16_383),
    ])
    func `a reference reads and prints as the same text`(text: String, row: Int, column: Int) {
        let reference = CellReference(text)
        #expect(reference == CellReference(rowIndex: row, columnIndex: column))
        #expect(reference?.description == text)
    }

    @Test(arguments: [
        "", "A", "1", "A0", "A01", "a1", "$A$1", "A1 ", " A1", "XFE1", "AAAA1", "A1048577",
        "A99999999999999999999", "A1:B2", "A-1", "Ä1", "A1\u{0}", "ZZZZZZZZZZZZZZZZZZ1",
    ])
    func `what is no reference is refused`(text: String) {
        #expect(CellReference(text) == nil)
    }

    @Test func `every column has letters that name it`() {
        for index in 0..<GridLimits.columnCountMax {
            #expect(ColumnName.index(of: ColumnName.letters(of: index)) == index)
        }
        #expect(ColumnName.letters(of: -1).isEmpty)
        #expect(ColumnName.letters(of: GridLimits.columnCountMax).isEmpty)
    }

    @Test func `references go by row, then by column`() {
        let texts = ["B1", "A2", "A1", "AA1"]
        #expect(
            texts.compactMap { CellReference($0) }.sorted().map(\.description)
                == ["A1", "B1", "AA1", "A2"])
    }

    @Test(arguments: [
        ("A1:C3", "A1:C3", "$A$1:$C$3"), ("C3:A1", "A1:C3", "$A$1:$C$3"),
        ("C1:A3", "A1:C3", "$A$1:$C$3"), ("B2", "B2", "$B$2"), ("B2:B2", "B2", "$B$2"),
    ])
    func `a range puts its corners in order`(text: String, printed: String, absolute: String) {
        #expect(CellRange(text)?.description == printed)
        #expect(CellRange(text)?.absoluteText == absolute)
    }

    @Test(arguments: ["", ":", "A1:", ":A1", "A1:B2:C3", "A:C", "A1:b2"])
    func `what is no range is refused`(text: String) {
        #expect(CellRange(text) == nil)
    }

    @Test func `a range contains its corners and nothing beyond`() throws {
        let range = try #require(CellRange("B2:C3"))
        let inside = ["B2", "C3", "B3", "A2", "B1", "D3", "C4"].compactMap { CellReference($0) }
        #expect(
            inside.map { range.contains($0) } == [true, true, true, false, false, false, false])
    }
}
