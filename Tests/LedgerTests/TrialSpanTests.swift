import GRDB
import Portals
import Spreadsheet
import Testing
import Validation

@testable import Ledger

/// Records whose trials may end soon are found by what they are kept under.
@Suite struct TrialSpanTests {
    typealias Book = LedgerBench.Book

    /// Companies say when their trial began and when it ends; without an end it lasts ten days.
    /// What is accepted comes on 2 March.
    private static let yaml = LedgerBench.yaml
        .replacing("title: Work Bench", with: "title: Work Bench\nsettings: {length: 10}")
        .replacing(
            "key: [name]\n    renamed", with: "key: [name]\n    trial: \(trial)\n    renamed"
        )
        .replacing("title: Email, type: email", with: "title: Began, type: date")
        .replacing("title: City, type: text", with: "title: Ends, type: date")
    private static let trial = "{begins: email, ends: city, days: {setting: length}}"

    private let bench: LedgerBench
    private let memory: any RecordMemory

    init() throws {
        bench = try LedgerBench(.sqlite, yaml: Self.yaml)
        memory = try #require(bench.ledger as? any RecordMemory)
    }

    /// The names that are handed out for trials that end from one day of March to another.
    private func found(
        _ days: ClosedRange<Int>, _ other: LedgerBench? = nil
    ) throws -> [String?] {
        let definition = bench.plan.definition
        let end = try #require(
            TrialEnd(of: definition.sheets[0], in: definition, definition.settings))
        let first = try #require(CivilDate(year: 2026, month: 3, day: days.lowerBound))
        let last = try #require(CivilDate(year: 2026, month: 3, day: days.upperBound))
        var names: [String?] = []
        try memory.forEachRecord(
            ofSheet: definition.sheets[0], within: end.spans(from: first, to: last),
            of: bench.plan.recordIndexes, in: (other ?? bench).scope
        ) { _, values, _ in names.append(values[0]) }
        return names
    }

    @Test func `those are found that say their end, their beginning, or came then`() throws {
        try bench.adopt([
            ["ends 14th", "", "2026-03-14"], ["ends 20th", "", "2026-03-20"],
            ["began 4th", "2026-03-04", ""], ["began 10th", "2026-03-10", ""],
            ["knows nothing", "", ""], ["both 14th", "2026-03-04", "2026-03-14"],
        ])
        #expect(try found(14...14) == ["ends 14th", "began 4th", "both 14th"])
        #expect(try found(15...20) == ["ends 20th", "began 10th"])
        #expect(try found(13...13) == [] && found(21...21) == [])
        try bench.accept(Book(companies: [["", "came 2nd", "", ""]]))
        #expect(try found(12...12) == ["came 2nd"])
        #expect(try found(11...11) == [] && found(13...13) == [])
        #expect(try found(12...14) == ["ends 14th", "began 4th", "both 14th", "came 2nd"])
        let other = LedgerBench(sharing: bench, reseller: "two")
        #expect(try found(12...14, other) == [])
    }

    @Test func `what changes is found where it stands now, what is deleted nowhere`() throws {
        try bench.adopt([["acme", "", "2026-03-14"], ["brook", "", "2026-03-14"]])
        try bench.accept(Book(companies: [["Update", "acme", "", "2026-03-20"]]))
        #expect(try found(14...14) == ["brook"])
        #expect(try found(20...20) == ["acme"])
        try bench.accept(Book(companies: [["Delete", "brook", "", ""]]))
        #expect(try found(14...14) == [])
    }

    @Test func `where they are kept under something else, all are handed out`() throws {
        try bench.adopt([["acme", "", "2026-03-14"], ["brook", "", ""]])
        #expect(try found(20...20) == [])
        try DatabaseQueue(path: "\(bench.folder)/rowgate.db").write {
            try $0.execute(sql: "DELETE FROM lookups; UPDATE scopes SET signature = 'older'")
        }
        #expect(try found(20...20) == ["acme", "brook"])
        // Whoever writes next keeps them under all of it.
        try bench.accept(Book(companies: [["Update", "brook", "", "2026-03-20"]]))
        #expect(try found(20...20) == ["brook"])
        #expect(try found(14...14) == ["acme"])
    }

    @Test func `a trial whose record says how long it lasts has no span`() throws {
        let yaml = Self.yaml.replacing("{setting: length}", with: "name")
        let definition = try LedgerBench(.sqlite, yaml: yaml).plan.definition
        let end = try #require(
            TrialEnd(of: definition.sheets[0], in: definition, definition.settings))
        let day = try #require(CivilDate(year: 2026, month: 3, day: 2))
        #expect(end.spans(from: day, to: day)?.count == nil)
    }
}
