import Catalogue
import Portals
import Testing

@testable import Validation

/// A row that gives its record another name carries along all that says the former one.
struct RenameTests {
    /// A company with a room, who hosts in it, and a company beside it.
    private static let known = [
        "companies": [["Acme", "customer", "#c1"], ["Birch", "customer", "#c2"]],
        "rooms": [["Acme", "Board", "team", "#r1"], ["Birch", "Board", "team", "#r2"]],
        "hosts": [["Acme", "Board", "ann@acme.example", "#h1"]],
    ]
    private static let renamed = ["Acme Ltd", "customer", "#c1"]

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [String: [[String]]]
        var told: [String]
        /// What rows say in the end, by sheet: the first fields, and whether that changes anything.
        var said: [String: [String]]

        init(
            _ name: String, _ rows: [String: [[String]]], _ told: [String] = [],
            _ said: [String: [String]]
        ) {
            testDescription = name
            self.rows = rows
            self.told = told
            self.said = said
        }
    }

    static let cases: [Case] = [
        .init(
            "a cell left as it was exported still means its company",
            ["companies": [renamed], "rooms": [["Acme", "Board", "team", "#r1"]]],
            ["record.unchanged rooms 2"], ["rooms": ["Acme Ltd/Board/unchanged"]]),
        .init(
            "a cell changed along is no change",
            ["companies": [renamed], "rooms": [["Acme Ltd", "Board", "team", "#r1"]]],
            ["record.unchanged rooms 2"], ["rooms": ["Acme Ltd/Board/unchanged"]]),
        .init(
            "rows without ids say either name",
            [
                "companies": [renamed],
                "rooms": [["ACME", "Board", "personal", "@Update"], ["Acme Ltd", "Yard"]],
                "hosts": [["acme", "Yard", "bob@acme.example"]],
            ],
            [],
            [
                "rooms": ["Acme Ltd/Board/accepted", "Acme Ltd/Yard/accepted"],
                "hosts": ["Acme Ltd/Yard/accepted"],
            ]),
        .init(
            "a room renamed with its company is found by each pair of names",
            [
                "companies": [renamed], "rooms": [["Acme", "Hall", "team", "#r1"]],
                "hosts": [
                    ["Acme", "Board", "a@acme.example"], ["Acme", "Hall", "b@acme.example"],
                    ["Acme Ltd", "Board", "c@acme.example"],
                    ["Acme Ltd", "Hall", "d@acme.example"],
                ],
            ],
            [],
            [
                "rooms": ["Acme Ltd/Hall/accepted"],
                "hosts": Array(repeating: "Acme Ltd/Hall/accepted", count: 4),
            ]),
        .init(
            "who is unlinked is found under the new name",
            ["companies": [renamed], "hosts": [["Acme", "Board", "ann@acme.example", "@Unlink"]]],
            [], ["hosts": ["Acme Ltd/Board/accepted"]]),
        .init(
            "a new record takes the former name: rows without ids mean it",
            [
                "companies": [renamed, ["Acme", "prospect"]],
                "rooms": [["Acme", "Board", "team", "#r1"], ["Acme", "Board", "personal"]],
            ],
            ["record.unchanged rooms 2"],
            [
                "companies": ["Acme Ltd/customer/accepted", "Acme/prospect/accepted"],
                "rooms": ["Acme Ltd/Board/unchanged", "Acme/Board/accepted"],
            ]),
        .init(
            "two exchange their names: no portal can begin with either",
            [
                "companies": [["Birch", "", "#c1"], ["Acme", "", "#c2"]],
                "rooms": [["Acme", "Board", "team", "#r1"], ["Acme", "Yard"]],
                "hosts": [["Birch", "Board", "ann@acme.example", "@Unlink"]],
            ],
            [
                "cell.swapped companies A2", "cell.swapped companies A3",
                "record.unchanged rooms 2", "reference.parent_rejected rooms A3",
                "reference.parent_rejected hosts A2",
            ],
            [
                "rooms": ["Birch/Board/unchanged", "Acme/Yard/rejected"],
                "hosts": ["Birch/Board/rejected"],
            ]),
        .init(
            "a room moved to another company in truth is told as before",
            ["companies": [renamed], "rooms": [["Birch", "Board", "team", "#r1"]]],
            ["cell.must_equal rooms A2"], ["rooms": ["Birch/Board/rejected"]]),
        .init(
            "a row that says the former name of what it is about is about the renamed one",
            ["companies": [renamed, ["Acme", "prospect", "@Update"]]],
            ["record.duplicate_in_file companies A2", "record.duplicate_in_file companies A3"],
            ["companies": ["Acme Ltd/customer/rejected", "Acme Ltd/prospect/rejected"]]),
        .init(
            "it can't be deleted under its former name either",
            ["companies": [renamed, ["Acme", "@Delete"]]],
            ["action.conflict companies A2", "action.conflict companies A3"],
            ["companies": ["Acme Ltd/customer/rejected", "Acme Ltd//rejected"]]),
        .init(
            "rows go back with the rename that they rest on",
            [
                "companies": [["Acme Ltd", "firm", "#c1"]],
                "rooms": [["Acme Ltd", "Yard"], ["Acme", "Attic"], ["Birch", "Attic"]],
                "hosts": [["Acme", "Board", "bob@acme.example"]],
            ],
            [
                "cell.not_in_list companies B2", "reference.parent_rejected rooms A2",
                "reference.parent_rejected rooms A3", "reference.parent_rejected hosts A2",
            ],
            [
                "rooms": [
                    "Acme Ltd/Yard/rejected", "Acme Ltd/Attic/rejected", "Birch/Attic/accepted",
                ]
            ]),
        .init(
            "only the case of a name changes",
            ["companies": [["ACME", "", "#c1"]], "rooms": [["Acme", "Board", "team", "#r1"]]],
            ["record.unchanged rooms 2"], ["rooms": ["ACME/Board/unchanged"]]),
    ]

    @Test(arguments: cases)
    func aRenameCarriesAlong(_ example: Case) throws {
        let (told, values) = try House().values(example.rows, known: Self.known)
        #expect(told.filter { $0 != "batch.held" } == example.told)
        for (sheet, store) in values.store.sheets.enumerated() {
            let id = values.definition.sheets[store.definitionIndex].id
            guard let said = example.said[id] else { continue }
            let rows = (0..<store.rowCount).map { row in
                let texts = (0..<2).map { values.text(sheet: sheet, row: row, field: $0) }
                return (texts + ["\(values.verdicts.states[sheet][row])"]).joined(separator: "/")
            }
            #expect(rows == said)
        }
    }

    @Test func whatStandsInAnotherPlaceIsTold() throws {
        let (_, values) = try House().values(
            ["companies": [Self.renamed], "rooms": [["Acme", "Yard"]]], known: Self.known)
        #expect(!values.isAsItCame(sheet: 1, row: 0, field: 0))
        #expect(values.storeAsItCame.text(sheet: 1, row: 0, field: 0) == "Acme")
        #expect(values.isAsItCame(sheet: 1, row: 0, field: 1))
        // Of what is renamed itself nothing is, and its key is the one that the portal knows.
        #expect(values.isAsItCame(sheet: 0, row: 0, field: 0))
        #expect(values.verdicts.changes[Place(sheet: 0, row: 0)] == [0])
    }
}
