import Catalogue
import Portals
import Testing

@testable import Validation

/// What rows mean for what is known.
struct KnownMatchingTests {
    private static let known = Knowing(
        records: [["acme", "ann@ex.example", "Ann", "Free"], ["birch", nil, nil, nil]])

    private func bench() throws -> Bench {
        try Bench(
            fields: """
                {id: name, title: Name, type: text, rules: [{rule: required}]},
                {id: email, title: Email, type: email},
                {id: first, title: First, type: text, rules: [{rule: required}]},
                {id: package, title: Package, type: choice,
                 choices: [{value: Free, title: {en: Free, de: Umsonst}}, Gold]}
                """,
            actions: "Create, Update, Delete, Invite", updatedByCreate: "package")
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var action: String
        var cells: [Cell]
        var told: [String] = []
        var state = RowState.accepted
        var outcome: Action
        var changes: [Int]?

        var testDescription: String { "\(action) \(cells.map(\.text))" }
    }

    @Test(arguments: [
        // Not known.
        Case(action: "Create", cells: ["new", "new@ex.example", "N", ""], outcome: .create),
        Case(
            action: "Update", cells: ["new", "new@ex.example", "N", ""],
            told: ["record.unknown A2"], state: .rejected, outcome: .update),
        Case(
            action: "Delete", cells: ["new"], told: ["record.unknown A2"], state: .rejected,
            outcome: .delete),
        Case(
            action: "Invite", cells: ["new"], told: ["record.unknown A2"], state: .rejected,
            outcome: .invite),

        // Known, same data.
        Case(
            action: "Create", cells: ["acme", "ann@ex.example", "Ann", "Free"],
            told: ["record.unchanged 2"], state: .unchanged, outcome: .create),
        Case(
            action: "", cells: ["ACME", "Ann@EX.example", "Ann", "Umsonst"],
            told: ["record.unchanged 2"], state: .unchanged, outcome: .create),
        Case(
            action: "Create", cells: ["acme", "", "Ann", ""], told: ["record.unchanged 2"],
            state: .unchanged, outcome: .create),
        Case(
            action: "Update", cells: ["acme", "", "", ""], told: ["record.unchanged 2"],
            state: .unchanged, outcome: .update),
        Case(
            action: "Update", cells: ["acme", "ann@ex.example", "Ann", "Free"],
            told: ["record.unchanged 2"], state: .unchanged, outcome: .update),
        // The list says nothing of Birch's values: what is asked for must not be lost.
        Case(
            action: "Update", cells: ["birch", "bob@ex.example", "Bob", ""], outcome: .update,
            changes: [1, 2]),
        Case(
            action: "Create", cells: ["birch", "bob@ex.example", "Bob", "Gold"], outcome: .update,
            changes: [3]),
        Case(action: "Delete", cells: ["acme"], outcome: .delete),
        Case(action: "Invite", cells: ["acme"], outcome: .invite),

        // Known, other data.
        Case(
            action: "Create", cells: ["acme", "bob@ex.example", "Ann", "Free"],
            told: ["record.exists A2"], state: .rejected, outcome: .create),
        Case(
            action: "Create", cells: ["acme", "", "ann", ""], told: ["record.exists A2"],
            state: .rejected, outcome: .create),
        Case(
            action: "Create", cells: ["acme", "", "Ann", "Gold"], outcome: .update, changes: [3]),
        Case(
            action: "Create", cells: ["acme", "", "Bob", "Gold"], told: ["record.exists A2"],
            state: .rejected, outcome: .create),
        Case(
            action: "Update", cells: ["acme", "bob@ex.example", "", "Gold"], outcome: .update,
            changes: [1, 3]),
        Case(
            action: "Update", cells: ["acme", "(clear)", "", ""], outcome: .update, changes: [1]),
        Case(action: "Delete", cells: ["acme", "bob@ex.example"], outcome: .delete),

        // What is malformed says nothing, and a row that is kept out changes nothing.
        Case(
            action: "Create", cells: ["acme", "bob", "Ann", ""], told: ["email.invalid B2"],
            state: .rejected, outcome: .create),
        Case(
            action: "Create", cells: ["acme", "", "", "Free"], told: ["cell.required C2"],
            state: .rejected, outcome: .create),
    ])
    func `a row against what is known`(_ test: Case) throws {
        let judged = try bench().judge([Row(test.cells, action: test.action)], Self.known)
        #expect(judged.told == test.told)
        #expect(judged.states == [test.state])
        #expect(judged.verdicts.actions == [[test.outcome]])
        #expect(judged.verdicts.changes[Place(sheet: 0, row: 0)] == test.changes)
    }

    @Test func `each difference is told`() throws {
        let row = Row(["acme", "bob@ex.example", "Bob", "Umsonst"])
        let detail = try bench().judge([row], Self.known).detail(.recordExists)
        #expect(detail?.arguments == ["reason": "known.csv, row 2"])
        #expect(
            detail?.differences.map { [$0.known, $0.new] } == [
                ["ann@ex.example", "bob@ex.example"], ["Ann", "Bob"],
            ])
    }

    @Test func `unchanged rows are one note with their count`() throws {
        let rows: [Row] = [["acme", "", "Ann"], ["new", "", "N"], ["birch", "", "B"]]
        let judged = try bench().judge(rows, Self.known)
        #expect(judged.told == ["record.unchanged 2 x2"])
        #expect(judged.counts.unchanged == 2)
        #expect(judged.counts.accepted == 1)
    }

    @Test func `with nothing known the file is told once`() throws {
        let rows = [
            Row(["acme", "", "Ann"], action: "Update"), Row(["b", "", "B"], action: "Create"),
        ]
        let judged = try bench().judge(rows, Knowing(records: nil))
        #expect(judged.told == ["record.unverified"])
        #expect(judged.states == [.accepted, .accepted])
    }

    @Test func `with nothing known and no rows nothing is told`() throws {
        #expect(try bench().judge([], Knowing(records: nil)).told == [])
    }

    @Test func `nobody known is not the same as nothing known`() throws {
        let row = Row(["acme", "", ""], action: "Update")
        #expect(try bench().judge([row], Knowing(records: [])).told == ["record.unknown A2"])
    }

    @Test func `a record added again replaces the first`() throws {
        let sheet = try bench().definition.sheets[0]
        var known = KnownRecords()
        known.add(KnownRecord(values: ["acme", "a@ex.example"], origin: "1"), of: sheet)
        known.add(KnownRecord(values: [" ACME", "b@ex.example"], origin: "2"), of: sheet)
        known.add(KnownRecord(values: [nil, "c@ex.example"], origin: "3"), of: sheet)
        #expect(known.records(ofSheet: "rows").map(\.origin) == ["2", "3"])
        #expect(known.count == 2)
        #expect(known.index(ofKey: NameKey.bytes(of: "acme"), inSheet: "rows") == 0)
    }
}
