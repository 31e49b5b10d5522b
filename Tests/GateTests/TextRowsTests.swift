import Spreadsheet
import Testing
import Validation
import XLSX

@testable import Gate

struct TextRowsTests {
    private static let longest = String(repeating: "ü", count: GridLimits.textLengthMax)

    @Test func `long texts above the rows take little memory`() throws {
        let long = [CellContent](repeating: .text(Self.longest), count: 10)
        let top = try top([["Company Name"]] + Array(repeating: long, count: 30))
        #expect(top.count == HeaderMatcher.rowCountMax)
        #expect(top[0].cells[0].text == "Company Name" && top[1].cells[0].text == Self.longest)
        let sizes = top.flatMap(\.cells).map(\.text.utf8.count)
        #expect(sizes.reduce(0, +) < TextRows.topSizeMax + Self.longest.utf8.count * 2)
        #expect(top[19].cells.map(\.text) == Array(repeating: "üüüüüüü", count: 10))
    }

    @Test func `notes above the rows leave a header whole`() throws {
        let notes = [[CellContent]](repeating: [.text(Self.longest)], count: 18)
        let top = try top(notes + [["Company Name", "A column of which nobody knows"]])
        #expect(top[18].cells.map(\.text) == ["Company Name", "A column of which nobody knows"])
    }

    @Test(arguments: [(-1, 20), (0, 15)])
    func `what begins before the limit is whole`(beyond: Int, size: Int) throws {
        let count = TextRows.topSizeMax / Self.longest.utf8.count
        let rest = TextRows.topSizeMax - count * Self.longest.utf8.count + beyond
        let long = [CellContent](repeating: .text(Self.longest), count: count)
        let filler = CellContent.text(String(repeating: "x", count: rest))
        let last = CellContent.text(String(repeating: "y", count: 20))
        let top = try top([long + [filler, last]])
        #expect(top[0].cells.last?.text.utf8.count == size)
    }

    private func top(_ rows: [[CellContent]]) throws -> [HeaderRow] {
        let file = try InputFile([TestSheet(rows)])
        let workbook = try Workbook(opening: file.source)
        return try TextRows.top(of: workbook.sheets[0], of: workbook)
    }
}
