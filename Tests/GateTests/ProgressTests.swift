import Testing
import XLSX

@testable import Gate

/// What is told of the work on a workbook while it is under way.
struct ProgressTests {
    /// Of two thousand rows, on one sheet or with another that nobody reads.
    private func told(besides others: [TestSheet] = []) throws -> [GateProgress] {
        let rows = (0..<2_000).map { Studio.row("company\($0)") }
        let sheet = TestSheet([Studio.header] + rows)
        var request = GateRequest(
            try InputFile([sheet] + others), portal: "studio", inputs: try Studio.inputs())
        request.threadCount = 2
        var told: [GateProgress] = []
        _ = try Studio.gate().judge(request) { told.append($0) }
        return told
    }

    @Test func `bytes and rows grow until all are read, and then all is judged`() throws {
        let told = try told()
        let reading = told.filter { $0.stage == .reading }
        #expect(reading.map(\.sizeRead) == reading.map(\.sizeRead).sorted())
        #expect(reading.map(\.rowCount) == reading.map(\.rowCount).sorted())
        #expect(reading.last?.sizeRead == reading.last?.size)
        #expect(reading.allSatisfy { $0.size > 0 && $0.sizeRead <= $0.size })
        #expect(reading.first.map { $0.sizeRead < $0.size } == true)
        #expect(told.last?.stage == .judging && told.last?.rowCount == 2_000)
        #expect(told.dropLast() == reading[...])
    }

    @Test func `sheets that nobody reads do not count`() throws {
        let notes = (0..<5_000).map { [CellContent.text("note \($0)")] }
        let (alone, besides) = (try told(), try told(besides: [TestSheet("Notes", notes)]))
        let last = try #require(besides.last)
        #expect(last.sizeRead == last.size)
        // Only its texts do, which stand among those of all sheets.
        let first = try #require(besides.first)
        #expect(last.size < first.size && last.size > (alone.last?.size ?? 0))
    }
}
