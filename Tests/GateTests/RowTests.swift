import Catalogue
import Testing
import Validation
import XLSX

@testable import Gate

/// What a row is: filled, blank, hidden, or nothing at all.
struct RowTests {
    private let good = Studio.row("acme")

    /// A good row with one column changed.
    private func row(_ name: String, _ column: Int, _ content: CellContent) -> [CellContent] {
        var row = Studio.row(name)
        row[column] = content
        return row
    }

    @Test func rowsAreCountedDownToTheLastFilledOne() throws {
        let judgement = try Studio.judge(rows: [
            nil, good, nil, nil, Studio.row("birch"), nil, nil,
        ])
        #expect(judgement.counts.rows == 5)
        #expect(judgement.counts.blank == 3)
        #expect(judgement.counts.accepted == 2)
        #expect(judgement.store?.sheets[0].rowNumber(1) == 6)
    }

    @Test func blankRowsCountAlikeInTheFileAndNotInTheFile() throws {
        let judgement = try Studio.judge(rows: [
            [], [.blank, .blank], ["  ", "\t", "\u{00A0}"], nil, good,
        ])
        #expect(judgement.counts.rows == 5)
        #expect(judgement.counts.blank == 4)
        #expect(judgement.codes == [])
    }

    @Test func onlyBlankRowsAreNoRows() throws {
        #expect(try Studio.judge(rows: [["  "], nil, ["", "\n"]]).codes == [.sheetNoRows])
    }

    /// Judges so many companies and contacts, with a blank row among them, where so many rows are
    /// taken of both.
    private func judge(_ companies: Int, _ contacts: Int, taking max: Int) throws -> Judgement {
        let names = Studio.names.map { CellContent.text($0) }
        var request = GateRequest(
            try InputFile([
                TestSheet(
                    "Companies",
                    [["Company Name", "Company Type"], nil]
                        + names.prefix(companies).map { [$0, "Customer"] }),
                TestSheet(
                    "Contacts",
                    [["First Name", "Last Name"], nil] + names.prefix(contacts).map { [$0, $0] }),
            ]), portal: "close", inputs: try Studio.inputs(names: nil))
        request.rowCountMax = max
        return try Studio.gate().judge(request)
    }

    @Test(arguments: [(4, 0), (2, 2), (0, 4)])
    func asManyRowsAsAreTakenAreRead(_ companies: Int, _ contacts: Int) throws {
        let judgement = try judge(companies, contacts, taking: 4)
        #expect(!judgement.codes.contains(.rowsTooMany))
    }

    @Test(arguments: [(5, 0), (3, 2), (0, 5), (8, 8)])
    func ofMoreRowsThanAreTakenNoneIsJudged(_ companies: Int, _ contacts: Int) throws {
        let judgement = try judge(companies, contacts, taking: 4)
        #expect(judgement.codes == [.rowsTooMany])
        #expect(judgement.verdicts == nil && judgement.store == nil)
        #expect(judgement.findings.first?.arguments == ["max": "4"])
    }

    @Test func oneCellFillsARow() throws {
        let judgement = try Studio.judge(rows: [good, [.blank, .blank, "Ann"]])
        #expect(judgement.counts.rows == 2)
        #expect(judgement.counts.rejected == 1)
        #expect(
            judgement.errors().filter { $0.code == .cellRequired }.map(\.field) == [
                "name", "email", "lastName", "platform",
            ])
    }

    @Test(arguments: [CellContent.number(0), .boolean(false)])
    func aValueThatIsNoTextFillsARow(_ content: CellContent) throws {
        #expect(try Studio.judge(rows: [good, [.blank, .blank, content]]).counts.rows == 2)
    }

    @Test func textInUnknownColumnsAloneMakesNoRow() throws {
        var sheet = TestSheet([
            Studio.header + ["Notes"], good,
            Array(repeating: .blank, count: 7) + ["call them", "and others"],
        ])
        sheet.rows.append(Array(repeating: .blank, count: 40) + ["Z"])
        let judgement = try Studio.judge(try InputFile([sheet]))
        #expect(judgement.counts.rows == 1)
        #expect(judgement.codes == [.headerUnknown, .sheetStrayCell])
        let stray = judgement.findings[1]
        #expect(stray.cell == "H3")
        #expect(stray.relatedCount == 3)
        #expect(stray.severity == .info)
    }

    @Test func textBesideARowInAColumnWithoutTitleIsTold() throws {
        let judgement = try Studio.judge(rows: [good + [.blank, "lost"]])
        #expect(judgement.codes == [.sheetStrayCell])
        #expect(judgement.findings.first?.cell == "I2")
    }

    @Test func ourOwnColumnsFillNoRow() throws {
        let judgement = try Studio.judge(
            try InputFile([
                TestSheet([
                    Studio.header + ["Check", "Original row", "Problems", "Rowgate row key"], good,
                    Array(repeating: .blank, count: 7) + ["OK", .number(3), "none", "rk1;3"],
                ])
            ]))
        #expect(judgement.counts.rows == 1)
        #expect(judgement.codes == [])
    }

    @Test func anActionAloneFillsNoRow() throws {
        let judgement = try Studio.judge(
            try InputFile([
                TestSheet([
                    Studio.header + ["Action"], good + ["Create"],
                    Array(repeating: .blank, count: 7) + ["Create"],
                ])
            ]))
        #expect(judgement.counts.rows == 1)
        #expect(judgement.codes == [.sheetStrayCell])
    }

    @Test func everyMergedCellOfARowIsAnError() throws {
        var sheet = TestSheet([Studio.header, good, Studio.row("birch"), Studio.row("cedar")])
        sheet.merges = ["F2:F3"]
        let judgement = try Studio.judge(try InputFile([sheet]))
        let merged = judgement.errors().filter { $0.code == .cellMerged }
        #expect(merged == [Told(.cellMerged, 2, "platform"), Told(.cellMerged, 3, "platform")])
        #expect(judgement.counts.accepted == 1)
    }

    @Test func mergesInColumnsOfOthersHarmNobody() throws {
        var sheet = TestSheet([
            Studio.header + ["Notes"], good + ["x"], Studio.row("birch"),
        ])
        sheet.merges = ["H2:H3", "J2:K3"]
        #expect(try Studio.judge(try InputFile([sheet])).counts.accepted == 2)
    }

    @Test(arguments: [(10_000, false), (10_001, true)])
    func moreMergesThanTheLimitAreRefused(_ count: Int, isRefused: Bool) throws {
        var sheet = TestSheet([Studio.header, good])
        sheet.merges = (1...count).map { "J\($0):K\($0)" }
        let judgement = try Studio.judge(try InputFile([sheet]))
        #expect((judgement.fileError == .sheetTooManyMerges) == isRefused)
        #expect((judgement.verdicts == nil) == isRefused)
    }

    @Test func aFileIsJudgedOnlyAsFarAsItsSheetsHaveRows() throws {
        let judgement = try Studio.judge(
            try InputFile([TestSheet([Studio.header, good]), TestSheet("Notes", [["x"]])]))
        #expect(judgement.counts.rows == 1)
        #expect(judgement.codes == [.sheetUnknown])
    }

    // MARK: Hidden rows

    private func hidden(_ answer: GateRequest.HiddenRows?) throws -> Judgement {
        var sheet = TestSheet([
            Studio.header, good, row("birch", Studio.Column.platform, .blank), Studio.row("cedar"),
            nil, ["  "],
        ])
        sheet.hiddenRows = [3, 4, 6]
        return try Studio.judge(try InputFile([sheet]), hiddenRows: answer)
    }

    @Test(arguments: [nil, GateRequest.HiddenRows.take])
    func hiddenRowsAreJudgedLikeAll(_ answer: GateRequest.HiddenRows?) throws {
        let counts = try hidden(answer).counts
        #expect(counts.hidden == 2)
        #expect((counts.accepted, counts.rejected, counts.leftOut) == (2, 1, 0))
    }

    @Test func hiddenRowsThatAreLeftAreCountedAndNotJudged() throws {
        let judgement = try hidden(.leave)
        let counts = judgement.counts
        #expect(counts.hidden == 2)
        #expect((counts.accepted, counts.rejected, counts.leftOut) == (1, 0, 2))
        #expect(judgement.errors() == [])
    }

    @Test func aHiddenRowThatIsLeftDisputesNoAddress() throws {
        var twin = Studio.row("birch")
        twin[Studio.Column.email] = good[Studio.Column.email]
        var sheet = TestSheet([Studio.header, good, twin])
        sheet.hiddenRows = [3]
        let workbook = try InputFile([sheet])
        #expect(try Studio.judge(workbook, hiddenRows: .take).counts.rejected == 2)
        #expect(try Studio.judge(workbook, hiddenRows: .leave).counts.rejected == 0)
    }

    // MARK: All fixtures

    @Test(arguments: Fixture.studio)
    func everyRowIsCountedOnce(_ name: String) throws {
        for answer in [nil] + GateRequest.HiddenRows.allCases.map(Optional.some) {
            let judgement = try Studio.judgeFixture(name, hiddenRows: answer)
            let counts = judgement.counts
            let parts = [
                counts.accepted, counts.rejected, counts.unchanged, counts.leftOut, counts.blank,
            ]
            #expect(counts.rows == parts.reduce(0, +))
            #expect(parts.allSatisfy { $0 >= 0 })
            #expect((judgement.verdicts == nil) == (judgement.fileError != nil))
            guard let store = judgement.store, judgement.verdicts != nil else { continue }
            let filled = store.sheets.reduce(0) { $0 + $1.rowCount }
            #expect(counts.rows == filled + counts.blank)
        }
    }

    @Test func fixturesOfOtherProgramsHaveTheRowsTheyShow() throws {
        let blank = try Studio.judgeFixture("blank-rows.xlsx")
        #expect((blank.counts.rows, blank.counts.blank) == (8, 5))
        #expect(blank.errors() == [Told(.cellRequired, 9, "email")])
        let filtered = try Studio.judgeFixture("filtered.xlsx")
        #expect(filtered.counts.hidden == 3)
        #expect(Set(filtered.errors().map(\.row)) == [5, 9, 30])
    }
}
