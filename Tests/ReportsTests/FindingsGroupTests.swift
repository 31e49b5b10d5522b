import Catalogue
import Portals
import Testing
import Validation

@testable import Reports

@Suite struct FindingsGroupTests {
    private func groups(_ rows: [FindingsFixture.Row]) throws -> [ProblemGroup] {
        let judged = try FindingsFixture.judged(FindingsFixture.store(rows))
        return ProblemGroups(judged.store, judged.verdicts, of: judged.definition).groups
    }

    /// A row that is good but for its platform, and perhaps its name.
    private func row(
        _ number: UInt32, platform: FindingsFixture.Cell, name: String = "acme.1.service"
    ) -> FindingsFixture.Row {
        .init(number, [.text(name), .text("a\(number)@x.example"), platform])
    }

    /// Names differ so that no row is a duplicate of another.
    private let names = ["acme.1.service", "birch.1.service", "cedar.1.service", "fir.1.service"]

    @Test func `what frees most rows alone comes first`() throws {
        let groups = try groups([
            row(2, platform: "Other", name: names[0]),
            row(3, platform: nil, name: "unknown-1"), row(4, platform: nil, name: "unknown-2"),
            row(5, platform: nil, name: names[1]), row(6, platform: nil, name: names[2]),
        ])
        #expect(
            groups.map { [$0.code.rawValue, $0.value, "\($0.rowCount)", "\($0.fixesAlone)"] } == [
                ["cell.required", "", "4", "2"],
                ["cell.not_in_list", "Other", "1", "1"],
                ["domain.unknown", "unknown-1", "1", "0"],
                ["domain.unknown", "unknown-2", "1", "0"],
            ])
        #expect(groups[0].sampleRows == [1, 2, 3])
        #expect(groups[0].field == 2 && groups[0].sheet == 0)
    }

    @Test func `a choice may be made for all rows, a name never`() throws {
        let groups = try groups([
            row(2, platform: nil, name: names[0]), row(3, platform: nil, name: names[1]),
            row(4, platform: "luminate wholesale", name: names[2]),
            row(5, platform: "Luminate Wholesale", name: "FIR.1.service"),
        ])
        #expect(
            groups.map { [$0.code.rawValue, $0.suggestion, $0.isSafeForAll ? "safe" : "no"] } == [
                ["cell.required", "Luminate Wholesale", "safe"],
                ["cell.not_in_list", "Luminate Wholesale", "safe"],
                ["domain.case_differs", "fir.1.service", "no"],
            ])
    }

    @Test func `a choice that tells customers apart, or follows from one, is not made for all`()
        throws
    {
        let judged = try FindingsFixture.judged(FindingsFixture.store([row(2, platform: nil)]))
        var definition = judged.definition
        func isSafe() -> Bool {
            ProblemGroups(judged.store, judged.verdicts, of: definition).groups[0].isSafeForAll
        }
        #expect(isSafe())
        definition.sheets[0].key.append("platform")
        #expect(!isSafe())
        definition = judged.definition
        definition.sheets[0].rules[0].parameters["fields"] = .list([.text("platform")])
        #expect(!isSafe())
        definition = judged.definition
        definition.sheets[0].fields[2].rules[0].kind = "equals"
        #expect(!isSafe())
    }

    @Test func `one suggestion for some rows and none for others is none`() throws {
        let judged = try FindingsFixture.judged(
            FindingsFixture.store([
                row(2, platform: nil, name: names[0]), row(3, platform: nil, name: names[1]),
            ]))
        var verdicts = judged.verdicts
        verdicts.findings[1].detailIndex = nil
        let groups = ProblemGroups(judged.store, verdicts, of: judged.definition).groups
        #expect(groups.count == 1)
        #expect(groups[0].suggestion == nil)
        #expect(!groups[0].isSafeForAll)
    }

    @Test func `values beyond the limit stand together without a value`() throws {
        let rows = (2...6).map { row($0, platform: .text("odd \($0)"), name: "unknown-\($0)") }
        let judged = try FindingsFixture.judged(FindingsFixture.store(rows))
        let groups = ProblemGroups(
            judged.store, judged.verdicts, of: judged.definition, groupCountMax: 4
        ).groups
        #expect(
            groups.map { [$0.code.rawValue, $0.value, "\($0.rowCount)"] } == [
                ["domain.unknown", nil, "3"], ["cell.not_in_list", nil, "3"],
                ["domain.unknown", "unknown-2", "1"], ["cell.not_in_list", "odd 2", "1"],
                ["domain.unknown", "unknown-3", "1"], ["cell.not_in_list", "odd 3", "1"],
            ])
    }

    @Test func `warnings and notes are no problems`() throws {
        #expect(
            try groups([
                .init(2, ["acme.1.service", " a@x.example", "Luminate Wholesale", "Gold"])
            ]).isEmpty)
    }
}
