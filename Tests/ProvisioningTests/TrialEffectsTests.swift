import Catalogue
import Portals
import Spreadsheet
import Testing
import Validation

@testable import Provisioning

/// Which trials a workbook begins, or ends on another day. Today is 2026-01-31.
struct TrialEffectsTests {
    private static let yaml = """
        portal: trials
        version: 1
        title: Trials
        settings: {days: 14}
        sheets:
          - id: rooms
            title: Rooms
            entity: room
            key: [name]
            actions: [Create, Update, Delete]
            trial:
              when: {field: status, is: trial}
              ends: ends
              begins: created
              days: {setting: days}
            fields:
              - {id: name, title: Name, type: text}
              - {id: kind, title: Kind, type: text}
              - {id: status, title: Status, type: choice, choices: [demo, trial]}
              - {id: ends, title: Ends, type: date}
              - {id: created, title: Created, type: date}
          - id: hosts
            title: Hosts
            entity: host
            key: [room, host]
            actions: [Link, Give personal room]
            blank: Link
            makes:
              - when: {action: Give personal room}
                sheet: rooms
                values: {name: own, kind: {constant: personal}, status: status}
            fields:
              - {id: room, title: Room, type: text}
              - {id: host, title: Host, type: text}
              - {id: own, title: Own room, type: text}
              - {id: status, title: Status, type: choice, choices: [demo, trial]}
        """

    /// Name, kind, status, end and begin of what is known; nil: nothing.
    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var row: [String]
        var known: [String]?
        var trials: [EndingTrial]

        init(_ name: String, _ row: [String], known: [String]?, _ trials: [EndingTrial]) {
            testDescription = name
            self.row = row
            self.known = known
            self.trials = trials
        }
    }

    private static let old = ["a", "team", "trial", "", "2026-01-20"]
    private static let ending = ["a", "team", "trial", "2026-03-01", "2026-01-20"]

    static let cases: [Case] = [
        .init(
            "a new trial begins today", ["", "a", "", "trial"], known: nil,
            [EndingTrial(date: "2026-02-14", count: 1)]),
        .init(
            "a new one ends on the day given", ["", "a", "", "trial", "2026-02-01"], known: nil,
            [EndingTrial(date: "2026-02-01", count: 1)]),
        .init("what goes on begins no trial", ["Update", "a", "personal"], known: old, []),
        .init(
            "what goes on begins none, also where its status is said again",
            ["Update", "a", "personal", "trial"], known: ending, []),
        .init(
            "its end changes", ["Update", "a", "", "", "2026-04-01"], known: ending,
            [EndingTrial(date: "2026-04-01", count: 1)]),
        .init(
            "its end is emptied, and counts from its begin", ["Update", "a", "", "", "(clear)"],
            known: ending, [EndingTrial(date: "2026-02-03", count: 1)]),
        .init(
            "nobody knows when it began", ["Update", "a", "", "", "(clear)"],
            known: ["a", "team", "trial", "2026-03-01", ""], [EndingTrial(date: nil, count: 1)]),
        .init(
            "a demo goes on trial", ["Update", "a", "", "trial"],
            known: ["a", "team", "demo", "", ""], [EndingTrial(date: "2026-02-14", count: 1)]),
        .init(
            "a demo whose begin is known goes on trial", ["Update", "a", "", "trial"],
            known: ["a", "team", "demo", "", "2026-01-20"],
            [EndingTrial(date: "2026-02-03", count: 1)]),
        .init("a trial becomes a demo", ["Update", "a", "", "demo"], known: old, []),
    ]

    @Test(arguments: cases)
    func `only what begins or ends anew counts`(_ example: Case) throws {
        let definition = try Definitions.decode(yaml: Self.yaml, file: "trials.yaml")
        var records = KnownRecords()
        if let known = example.known {
            records.add(KnownRecord(values: known, origin: "known"), of: definition.sheets[0])
        }
        let values = try Bench.values(
            [Bench.Sheet(rows: [example.row])], of: definition, records: records)
        #expect(values.verdicts.findings.filter { $0.severity == .error } == [])
        #expect(try Bench.plan(values).effects.trials == example.trials)
    }

    @Test(arguments: [
        (["Give personal room", "b", "ann", "Ann", "trial"], 1),
        (["Give personal room", "b", "ann", "Ann", "demo"], 0),
        (["Link", "b", "ann", "", ""], 0),
    ])
    func `a record that a row makes beside what it is about begins a trial too`(
        _ row: [String], _ count: Int
    ) throws {
        let definition = try Definitions.decode(yaml: Self.yaml, file: "trials.yaml")
        let rooms = Bench.Sheet(rows: [["", "b", "", "trial"]])
        let values = try Bench.values([rooms, Bench.Sheet(index: 1, rows: [row])], of: definition)
        #expect(
            try Bench.plan(values).effects.trials == [
                EndingTrial(date: "2026-02-14", count: 1 + count)
            ])
    }
}
