import Catalogue
import Testing
import Validation
import XLSX

@testable import Gate

/// What somebody decided before an import, and what follows.
struct ImportOptionsTests {
    private func judge(
        good: Int, bad: Int, hidden: Int = 0, names: ListFile? = Studio.list
    ) throws -> Judgement {
        var rows = Studio.names.prefix(good + bad).map(Studio.row)
        for index in good..<(good + bad) { rows[index][Studio.Column.platform] = .blank }
        var sheet = TestSheet([Studio.header, nil] + rows)
        if hidden > 0 { sheet.hiddenRows = Set(3..<(3 + hidden)) }
        return try Studio.judge(try InputFile([sheet]), names: names)
    }

    private func options(
        allOrNothing: Bool = false, percent: Int? = nil, withoutNames: Bool = false
    ) -> ImportOptions {
        var options = ImportOptions()
        options.allOrNothing = allOrNothing
        options.maxRejectedPercent = percent
        options.withoutNames = withoutNames
        return options
    }

    // MARK: Refusals

    @Test func nothingIsRefusedWithoutReason() throws {
        #expect(options().refusal(of: try judge(good: 2, bad: 1)) == nil)
    }

    @Test func aPortalWithAListWantsTheList() throws {
        let judgement = try judge(good: 2, bad: 0, names: nil)
        #expect(judgement.lacksNames)
        #expect(options().refusal(of: judgement) == .domainNoList)
        #expect(options(withoutNames: true).refusal(of: judgement) == nil)
    }

    @Test func hiddenRowsWantAnAnswer() throws {
        #expect(options().refusal(of: try judge(good: 2, bad: 0, hidden: 1)) == .rowsHidden)
    }

    @Test func theMissingListIsToldFirst() throws {
        let judgement = try judge(good: 2, bad: 0, hidden: 1, names: nil)
        #expect(options().refusal(of: judgement) == .domainNoList)
        #expect(options(withoutNames: true).refusal(of: judgement) == .rowsHidden)
    }

    @Test(arguments: GateRequest.HiddenRows.allCases)
    func anAnswerAboutHiddenRowsIsEnough(_ answer: GateRequest.HiddenRows) throws {
        let judgement = try Studio.judgeFixture("filtered.xlsx", hiddenRows: answer)
        #expect(options().refusal(of: judgement) == nil)
    }

    @Test func aWorkbookThatCannotBeJudgedIsNotRefusedAsWell() throws {
        let judgement = try Studio.judge(try Fixture.open("bad/empty.xlsx"), names: nil)
        #expect(options().refusal(of: judgement) == nil)
    }

    // MARK: All or nothing

    @Test(arguments: [
        (3, 1, nil, false), (3, 1, 24, true), (3, 1, 25, false), (3, 1, 26, false),
        (2, 1, 33, true), (2, 1, 34, false), (3, 0, 0, false), (3, 1, 0, true), (1, 3, 75, false),
        (1, 3, 74, true), (0, 4, 100, false),
    ])
    func moreThanTheShareTakesNothing(good: Int, bad: Int, percent: Int?, nothing: Bool) throws {
        let counts = try judge(good: good, bad: bad).counts
        #expect(options(percent: percent).acceptsNothing(of: counts) == nothing)
    }

    @Test func oneBadRowIsEnoughForAllOrNothing() throws {
        #expect(options(allOrNothing: true).acceptsNothing(of: try judge(good: 3, bad: 1).counts))
        #expect(!options(allOrNothing: true).acceptsNothing(of: try judge(good: 3, bad: 0).counts))
        #expect(!options().acceptsNothing(of: try judge(good: 3, bad: 1).counts))
    }

    @Test func rowsThatAreLeftOutAndBlankDoNotThinTheShare() {
        var counts = RowCounts()
        counts.rows = 100
        counts.blank = 50
        counts.leftOut = 46
        counts.rejected = 1
        counts.accepted = 3
        #expect(options(percent: 24).acceptsNothing(of: counts))
        #expect(!options(percent: 25).acceptsNothing(of: counts))
    }

    @Test func takingNothingSendsEveryRowBack() throws {
        var judgement = try judge(good: 3, bad: 1)
        let before = judgement.counts
        judgement.acceptNothing()
        #expect(judgement.sendsAllBack)
        #expect(judgement.counts.accepted == 0)
        #expect(judgement.counts.rejected == 4)
        #expect(judgement.counts.rows == before.rows)
        #expect(judgement.counts.blank == before.blank)
    }

    @Test func takingNothingLeavesRowsThatNeedNothing() throws {
        var judgement = try Studio.judge(
            try Fixture.open("studio/good.xlsx"),
            names: ListFile(Fixture.open("studio/domains.csv")),
            existing: ListFile(Fixture.open("studio/existing.csv")))
        let unchanged = judgement.counts.unchanged
        judgement.acceptNothing()
        #expect(unchanged > 0)
        #expect(judgement.counts.unchanged == unchanged)
    }
}
