import Catalogue
import Testing
import Validation
import XLSX

@testable import Gate

/// What is said about the row of column titles.
struct HeaderTests {
    private func judge(
        _ rows: [[CellContent]?], merges: [String] = []
    ) throws -> Judgement {
        var sheet = TestSheet(rows)
        sheet.merges = merges
        return try Studio.judge(try InputFile([sheet]))
    }

    /// The usual header with some of its titles replaced.
    private func header(_ changes: [Int: String]) -> [CellContent] {
        Studio.header.enumerated().map { index, title in
            changes[index].map { .text($0) } ?? title
        }
    }

    @Test func notesMayStandAbove() throws {
        let judgement = try judge(
            [
                ["Please fill in."], nil, ["Questions: Company Name"], Studio.header,
                Studio.row("acme"),
            ],
            merges: ["A1:G1"])
        #expect(judgement.codes == [])
        #expect(judgement.store?.sheets[0].headerRowNumber == 4)
        #expect(judgement.store?.sheets[0].rowNumber(0) == 5)
        #expect(judgement.counts.rows == 1)
    }

    @Test func ofTwoRowsLikeHeadersTheBetterOneIsTaken() throws {
        let judgement = try judge([
            ["Company Name", "Email Address"], Studio.header, Studio.row("acme"),
        ])
        #expect(judgement.store?.sheets[0].headerRowNumber == 2)
        #expect(judgement.counts.accepted == 1)
    }

    @Test func ofTwoEqualHeadersTheFirstIsTaken() throws {
        let judgement = try judge([Studio.header, Studio.header, Studio.row("acme")])
        #expect(judgement.store?.sheets[0].headerRowNumber == 1)
        #expect(judgement.counts.rows == 2)
    }

    @Test(arguments: [(20, [Code]()), (21, [.templateUnknown])])
    func theHeaderStandsInOneOfTheFirstTwentyRows(_ number: Int, codes: [Code]) throws {
        let above = Array(repeating: nil as [CellContent]?, count: number - 1)
        let sheet = TestSheet("Sheet1", above + [Studio.header, Studio.row("acme")])
        #expect(try Studio.judge(try InputFile([sheet])).codes == codes)
    }

    @Test func aSheetOfTheRightNameWithoutHeaderListsEveryRequiredColumn() throws {
        let sheet = TestSheet("Customers", [["a", "b"], ["c", "d"]])
        let judgement = try Studio.judge(try InputFile([sheet]), portal: "studio")
        #expect(judgement.codes == Array(repeating: .headerMissing, count: 5))
        #expect(
            judgement.findings.map(\.column) == [
                "Company Name", "Email Address", "First Name", "Last Name", "Platform",
            ])
        #expect(judgement.verdicts == nil)
    }

    @Test func everyMissingColumnIsNamedAtOnce() throws {
        let judgement = try judge([
            ["Company Name", "Email Address", "Last Name", "Package"],
            ["acme.12345.service", "ann@mail.example", "Lee"],
        ])
        #expect(judgement.codes == [.headerMissing, .headerMissing])
        #expect(judgement.findings.map(\.column) == ["First Name", "Platform"])
        #expect(judgement.findings.map(\.rowNumber) == [1, 1])
    }

    @Test func missingColumnsAndNoRowsAreBothSaid() throws {
        let judgement = try judge([["Company Name", "Email Address", "First Name", "Last Name"]])
        #expect(judgement.codes == [.headerMissing, .sheetNoRows])
    }

    @Test func onlyTheHeaderMeansNoRows() throws {
        let judgement = try judge([Studio.header])
        #expect(judgement.codes == [.sheetNoRows])
        #expect(judgement.findings[0].sheet == "Customers")
    }

    @Test func columnsThatMayBeMissingAreNotMissed() throws {
        let judgement = try judge([
            ["Platform", "Last Name", "First Name", "Email Address", "Company Name"],
            ["Luminate Wholesale", "Lee", "Ann", "ann@mail.example", "acme.12345.service"],
        ])
        #expect(judgement.codes == [])
        #expect(judgement.counts.accepted == 1)
    }

    @Test func aColumnThatIsThereTwiceIsAnErrorAtTheSecond() throws {
        let judgement = try judge([
            Studio.header + ["E-MAIL Address"], Studio.row("acme") + ["ann@mail.example"],
        ])
        #expect(judgement.codes == [.headerDuplicate])
        #expect(judgement.findings[0].cell == "H1")
    }

    @Test func aMergedHeaderIsOneError() throws {
        let judgement = try judge(
            [header([2: "First Name", 3: ""]), Studio.row("acme")], merges: ["C1:D1"])
        #expect(judgement.fileError == .headerMerged)
        #expect(judgement.codes.filter { $0.severity == .error } == [.headerMerged])
        #expect(judgement.findings.first { $0.code == .headerMerged }?.cell == "C1:D1")
    }

    @Test(arguments: ["I1:K1", "A1", "G1:G1", "H1:I1"])
    func aMergeThatJoinsNoColumnsWeNeedIsNoError(_ range: String) throws {
        let judgement = try judge([Studio.header + ["Notes"], Studio.row("acme")], merges: [range])
        #expect(judgement.codes == [.headerUnknown])
    }

    @Test(arguments: [
        "Company Name*", " company  name ", "COMPANY-NAME", "Company Name (required)",
        "Company Name [as in NetSapiens]", "Firmenname", "Company Name:",
    ])
    func titlesMatchWhateverDoesNotCount(_ title: String) throws {
        let judgement = try judge([header([0: title]), Studio.row("acme")])
        #expect(judgement.codes == [])
        #expect(judgement.counts.accepted == 1)
    }

    @Test(arguments: ["Domain", "Customer", "NetSapiens Domain Name"])
    func anotherNameOfAColumnIsNoted(_ title: String) throws {
        let judgement = try judge([header([0: title]), Studio.row("acme")])
        #expect(judgement.codes == [.headerRenamed])
        #expect(judgement.findings[0].cell == "A1")
        #expect(judgement.findings[0].arguments["field"] == "Company Name")
        #expect(judgement.counts.accepted == 1)
    }

    @Test func unknownColumnsAreNotedAndKept() throws {
        let judgement = try judge([
            ["Notes"] + Studio.header, ["=A1"] + Studio.row("acme"),
        ])
        #expect(judgement.codes == [.headerUnknown])
        #expect(judgement.findings[0].cell == "A1")
        #expect(judgement.counts.accepted == 1)
        let sheet = try #require(judgement.store?.sheets[0])
        #expect(sheet.columns.map(\.role).filter { $0 == .extra }.count == 1)
    }

    @Test func ourOwnColumnsAreNoUnknownOnes() throws {
        let judgement = try judge([
            Studio.header + [
                "Action", "Check", "Original row", "Problems", "Platform – suggested",
                "Use suggestions?", "Rowgate row key", "Rowgate ID",
            ], Studio.row("acme"),
        ])
        #expect(judgement.codes == [])
    }

    @Test(arguments: [(200, false), (201, true)])
    func moreColumnsThanTheLimitAreRefused(_ count: Int, isRefused: Bool) throws {
        let more = (Studio.header.count..<count).map { CellContent.text("Extra \($0)") }
        let judgement = try judge([Studio.header + more, Studio.row("acme")])
        #expect((judgement.fileError == .workbookTooManyColumns) == isRefused)
        #expect((judgement.verdicts == nil) == isRefused)
    }

    @Test func anUnknownTitleThatIsMergedOverAMissingColumnIsTheCause() throws {
        let header: [CellContent] = [
            "Company Name", "Email Address", "Customer Billing Reference", "Name",
        ]
        #expect(
            try judge([header, Studio.row("acme")], merges: ["D1:E1"]).codes.contains(.headerMerged)
        )
    }

    @Test func aColumnWithoutTitleIsNotRead() throws {
        let judgement = try judge([
            Studio.header, Studio.row("acme") + [.blank, "a remark"],
        ])
        #expect(judgement.codes == [.sheetStrayCell])
        #expect(judgement.store?.sheets[0].columns.count == 7)
    }

    @Test(arguments: [
        ("duplicate-header.xlsx", Code.headerDuplicate), ("merged-header.xlsx", .headerMerged),
        ("missing-column.xlsx", .headerMissing), ("no-rows.xlsx", .sheetNoRows),
        ("other-template.xlsx", .templateUnknown),
    ])
    func fixturesWithOneFaultOfStructureNameIt(_ name: String, code: Code) throws {
        let judgement = try Studio.judgeFixture(name)
        #expect(judgement.codes.filter { $0.severity == .error } == [code])
        #expect(judgement.verdicts == nil)
    }
}
