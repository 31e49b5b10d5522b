import Catalogue
import Testing

@testable import Validation

/// Rules that compare rows of several sheets, and what rows ask for.
struct AcrossSheetsTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var rows: [String: [[String]]]
        var known: [String: [[String]]]? = [:]
        var told: [String]

        init(
            _ name: String, _ rows: [String: [[String]]], known: [String: [[String]]]? = [:],
            _ told: [String]
        ) {
            testDescription = name
            self.rows = rows
            self.known = known
            self.told = told
        }
    }

    private static let acme = ["companies": [["Acme"]]]

    static let cases: [Case] = [
        .init(
            "a parent in the file is found, whatever its case and whichever sheet comes first",
            ["companies": [["Acme"]], "rooms": [["ACME", "One"]]], []),
        .init("a known parent is found", ["rooms": [["acme", "One"]]], known: acme, []),
        .init(
            "a parent that is nowhere is unknown", ["rooms": [["Nobody", "One"]]], known: acme,
            ["reference.unknown rooms A2"]),
        .init(
            "with nothing known nobody can tell", ["rooms": [["Nobody", "One"]]], known: nil,
            ["record.unverified", "reference.unverified rooms A2"]),
        .init(
            "children go back with their parent, and theirs with them",
            [
                "companies": [["Acme", "firm"]], "rooms": [["Acme", "One"]],
                "hosts": [["Acme", "One", "a@x.example"]],
            ],
            [
                "cell.not_in_list companies B2", "reference.parent_rejected rooms A2",
                "reference.parent_rejected hosts A2",
            ]),
        .init(
            "a known parent whose row is wrong keeps its children",
            ["companies": [["Acme", "firm"]], "rooms": [["Acme", "One"]]], known: acme,
            ["cell.not_in_list companies B2"]),
        .init(
            "nothing can belong to what is deleted",
            ["companies": [["Acme", "@Delete"]], "rooms": [["Acme", "One"]]], known: acme,
            ["action.conflict companies A2", "action.conflict rooms A2"]),
        .init(
            "parent and child may be deleted together",
            ["companies": [["Acme", "@Delete"]], "rooms": [["Acme", "One", "@Delete"]]],
            known: ["companies": [["Acme"]], "rooms": [["Acme", "One"]]], []),
        .init(
            "one record cannot be deleted and changed",
            ["companies": [["Acme", "@Delete"], ["Acme", "customer", "@Update"]]], known: acme,
            ["action.conflict companies A2", "action.conflict companies A3"]),
        .init(
            "a record may be changed and get a password",
            ["companies": [["Acme", "@Reset password"], ["Acme", "customer", "@Update"]]],
            known: acme, []),
        .init(
            "a record made by the file may get a password",
            ["companies": [["Acme"], ["Acme", "@Reset password"]]], []),
        .init(
            "a record that nobody makes can't", ["companies": [["Acme", "@Reset password"]]],
            ["record.unknown companies A2"]),
        .init(
            "a record made twice is a duplicate, also by Create and Update",
            ["companies": [["Acme"], ["acme", "customer", "@Update"]]], known: acme,
            [
                "record.duplicate_in_file companies A2", "record.duplicate_in_file companies A3",
                "record.unchanged companies 2",
            ].filter { !$0.contains("unchanged") }),
        .init(
            "what is referred to must be of the kind",
            [
                "companies": [["Acme"]], "rooms": [["Acme", "One", "", "", "1"]],
                "hosts": [["Acme", "One", "a@x.example"]],
            ], ["reference.wrong_kind hosts B2"]),
        .init(
            "a name of the wrong sheet is of the wrong kind",
            [
                "companies": [["Acme"]], "rooms": [["Acme", "One"]],
                "hosts": [["Acme", "One", "a@x.example", "Acme"]],
            ], ["reference.wrong_kind hosts D2"]),
        .init(
            "both must have the same parent",
            [
                "companies": [["Acme"], ["Birch"]], "rooms": [["Acme", "One"], ["Birch", "Two"]],
                "hosts": [
                    ["Acme", "One", "a@x.example", "Two"], ["Birch", "Two", "a@x.example", "Two"],
                ],
            ], ["reference.other_parent hosts D2"]),
        .init(
            "an owner is one of the hosts",
            [
                "companies": [["Acme", "", "A@x.example"], ["Birch", "", "a@x.example"]],
                "rooms": [["Acme", "One"]], "hosts": [["Acme", "One", "a@x.example"]],
            ], ["reference.unknown companies C3"]),
        .init(
            "the second host of a personal room is one too many, known ones counted",
            [
                "hosts": [["Acme", "One", "b@x.example"], ["Acme", "Two", "b@x.example"]]
            ],
            known: [
                "companies": [["Acme"]],
                "rooms": [["Acme", "One", "personal"], ["Acme", "Two", "personal"]],
                "hosts": [["Acme", "One", "a@x.example"]],
            ], ["count.too_many hosts B2"]),
        .init(
            "who is unlinked doesn't count",
            [
                "hosts": [
                    ["Acme", "One", "a@x.example", "@Unlink"], ["Acme", "One", "b@x.example"],
                ]
            ],
            known: [
                "companies": [["Acme"]], "rooms": [["Acme", "One", "personal"]],
                "hosts": [["Acme", "One", "a@x.example"]],
            ], []),
        .init(
            "a team room without host is told, also without the sheet of the hosts",
            ["companies": [["Acme"]], "rooms": [["Acme", "One", "team"]]],
            ["count.too_few rooms B2"]),
        .init(
            "a condition on the parent, in the words of another language",
            [
                "companies": [["Acme", "Kunde"], ["Birch", "prospect"]],
                "rooms": [["Acme", "One", "team"], ["Birch", "Two", "team"]],
                "hosts": [["Acme", "One", "a@x.example"], ["Birch", "Two", "a@x.example"]],
            ], ["cell.forbidden rooms C3"]),
        .init(
            "two fields together stand in no row of a sheet, and in none of its known records",
            [
                "companies": [["Acme"], ["Birch"]],
                "rooms": [
                    ["Acme", "One"], ["Acme", "Two", "", "", "", "", "", "", "ONE"],
                    ["Acme", "Ten", "", "", "", "", "", "", "Old"],
                    ["Birch", "Elm", "", "", "", "", "", "", "Old"],
                ],
            ],
            known: ["companies": [["Acme"]], "rooms": [["Acme", "Old"]]],
            [
                "record.unchanged companies 2", "record.duplicate_in_file rooms B2",
                "record.duplicate_in_file rooms I3", "cell.taken rooms I4",
            ]),
        .init(
            "what is known on a sheet is known on another one of the same things",
            ["partners": [["Acme", "", "1"], ["Elm", "", "2"]]], known: acme,
            ["record.unchanged partners 2"]),
        .init(
            "with other values it is there already, but for what a Create updates",
            ["partners": [["Acme", "customer", "1"], ["Birch", "", "", "b@x.example"]]],
            known: ["companies": [["Acme", "prospect"], ["Birch", "", "a@x.example"]]],
            ["record.exists partners A3"]),
        .init(
            "a value that is unique is unique among all of them, whatever its case",
            ["partners": [["Elm", "", "", "A@X.example"]]],
            known: ["companies": [["Birch", "", "a@x.example"]]],
            ["cell.taken partners D2"]),
        .init(
            "and the other way round: a partner is changed as a company",
            ["companies": [["Elm", "customer", "@Update"], ["Fir", "", "@Update"]]],
            known: ["partners": [["Elm", "prospect"]]],
            ["record.unknown companies A3"]),
        .init(
            "a part of the key that need not be filled in tells rows apart, or may mean any",
            [
                "answers": [
                    ["Elm", "1", "@Accept"], ["Elm", "2", "@Decline"], ["Fir", "", "@Accept"],
                    ["Fir", "", "@Decline"], ["Oak", "1", "@Accept"], ["Oak", "", "@Accept"],
                ]
            ],
            ["A4", "A5"].map { "action.conflict answers \($0)" }
                + ["A6", "A7"].map { "record.duplicate_in_file answers \($0)" }),
        .init(
            "one home at most",
            ["companies": [["A", "", "", "", "ja"], ["B", "", "", "", "Yes"]]],
            ["count.too_many companies E3"]),
        .init(
            "the same link twice is repeated, its opposite a conflict",
            [
                "companies": [["Acme"]], "rooms": [["Acme", "One"]],
                "hosts": [
                    ["Acme", "One", "a@x.example"], ["Acme", "One", "A@x.example"],
                    ["Acme", "One", "b@x.example"], ["Acme", "One", "b@x.example", "@Unlink"],
                ],
            ],
            [
                "link.repeated hosts A2", "link.repeated hosts A3", "action.conflict hosts A4",
                "action.conflict hosts A4", "record.unknown hosts A5", "action.conflict hosts A5",
                "action.conflict hosts A5",
            ]),
        .init(
            "what is read only is noted, whatever stands there",
            ["companies": [["Acme", "", "", "soon"]]], ["cell.read_only companies D2"]),
        .init(
            "what is read only is not noted where it is what is known",
            ["companies": [["Acme", "", "", "31.01.2026"], ["Birch", "", "", "2026-01-31"]]],
            known: [
                "companies": [["Acme", "", "", "2026-01-31"], ["Birch", "", "", "2026-01-30"]]
            ], ["cell.read_only companies D3", "record.unchanged companies 2"]),
        .init(
            "a value that stands on the other sheet is told on both",
            ["companies": [["Acme"]], "rooms": [["Acme", "One", "", "", "", "", "", "ACME"]]],
            ["record.duplicate_in_file companies A2", "record.duplicate_in_file rooms H2"]),
        .init(
            "days within bounds",
            [
                "rooms": [
                    ["Acme", "1", "", "31.01.2026"], ["Acme", "2", "", "30.01.2026"],
                    ["Acme", "3", "", "2026-12-31"], ["Acme", "4", "", "1.1.2027"],
                    ["Acme", "5", "", "03/04/2026"], ["Acme", "6", "", "soon"],
                ]
            ], known: acme,
            [
                "cell.out_of_range rooms D3", "cell.out_of_range rooms D5",
                "cell.ambiguous_date rooms D6", "cell.not_a_date rooms D7",
            ]),
        .init(
            "numbers within bounds; a bound that nobody set is none",
            [
                "rooms": [
                    ["Acme", "1", "", "", "0"], ["Acme", "2", "", "", "1"],
                    ["Acme", "3", "", "", "99999"], ["Acme", "4", "", "", "1.000"],
                ]
            ], known: acme, ["cell.out_of_range rooms E2", "cell.not_a_number rooms E5"]),
        .init(
            "a table of the settings says what goes together",
            ["rooms": [["Acme", "1", "", "", "", "S"], ["Acme", "2", "", "", "", "M"]]],
            known: acme, ["cell.not_in_list rooms F2"]),
        .init(
            "a table says what cannot be changed",
            [
                "rooms": [
                    ["Acme", "1", "", "", "", "M", "", "", "@Update"],
                    ["Acme", "2", "", "", "", "M", "", "", "@Update"],
                ]
            ],
            known: [
                "companies": [["Acme"]],
                "rooms": [["Acme", "1", "", "", "", "S"], ["Acme", "2", "", "", "", "L"]],
            ], ["cell.forbidden rooms F2"]),
        .init(
            "countries by code and name",
            [
                "rooms": [
                    ["Acme", "1", "", "", "", "", "Deutschland"],
                    ["Acme", "2", "", "", "", "", "UK"],
                ]
            ],
            known: acme, ["country.unknown rooms G3"]),
        .init(
            "a link that is known is unchanged",
            ["hosts": [["Acme", "One", "a@x.example"]]],
            known: [
                "companies": [["Acme"]], "rooms": [["Acme", "One"]],
                "hosts": [["Acme", "One", "a@x.example"]],
            ], ["record.unchanged hosts 2"]),
    ]

    private static let everything = [
        "companies": [["Acme"]], "rooms": [["Acme", "One", "personal"], ["Acme", "Two", "team"]],
        "hosts": [["Acme", "One", "a@x.example"], ["Acme", "Two", "b@x.example"]],
    ]

    /// What rests on rows that are sent back, and what several rows say of one record.
    static let togetherCases: [Case] = [
        .init(
            "a new team room waits for its only host",
            [
                "companies": [["Acme"]], "rooms": [["Acme", "One", "team"]],
                "hosts": [["Acme", "One", "no address"]],
            ], ["email.invalid hosts C2", "row.waits rooms B2"]),
        .init(
            "nobody takes a place that is not given up",
            [
                "hosts": [
                    ["Acme", "One", "a@x.example", "Nobody", "@Unlink"],
                    ["Acme", "One", "c@x.example"],
                ]
            ], known: everything, ["reference.unknown hosts D2", "row.waits hosts B3"]),
        .init(
            "what a row would have changed stays as it is known",
            [
                "rooms": [["Acme", "One", "team", "soon", "@Update"]],
                "hosts": [["Acme", "One", "c@x.example"]],
            ], known: everything, ["cell.not_a_date rooms D2", "row.waits hosts B2"]),
        .init(
            "a home is given to nobody while the row that gives it up is to be fixed",
            [
                "companies": [
                    ["Acme", "firm", "", "", "No", "@Update"], ["Birch", "", "", "", "Yes"],
                ]
            ], known: ["companies": [["Acme", "", "", "", "Yes"]]],
            ["cell.not_in_list companies B2", "row.waits companies E3"]),
        .init(
            "a name of several is told, one of one is not",
            [
                "companies": [["Acme"], ["Birch"]],
                "rooms": [["Acme", "One"], ["Birch", "One"], ["Birch", "Two"]],
                "hosts": [["Acme", "One", "a@x.example", "One"]],
            ], ["reference.ambiguous hosts D2"]),
        .init(
            "a known name counts among several",
            [
                "rooms": [["Acme", "Two"]], "companies": [["Birch"]],
                "hosts": [["Acme", "Two", "a@x.example", "Two"]],
            ], known: ["companies": [["Acme"], ["Birch"]], "rooms": [["Birch", "Two"]]],
            ["record.unchanged companies 2", "reference.ambiguous hosts D2"]),
        .init(
            "known records of the right sheet come before rows of a wrong one",
            [
                "companies": [["Two"]], "hosts": [["Acme", "Two", "b@x.example", "Two"]],
            ], known: everything, []),
        .init(
            "what one of two rows says of a record holds, whichever stands first",
            [
                "companies": [
                    ["Acme", "@Reset password"], ["Acme", "prospect", "@Update"],
                ], "rooms": [["Acme", "Three", "team"]],
                "hosts": [["Acme", "Three", "b@x.example"]],
            ], known: everything, ["cell.forbidden rooms C2"]),
        .init(
            "no password for what another row does not make",
            ["companies": [["Acme", "@Reset password"], ["Acme", "firm"]]],
            ["cell.not_in_list companies B3", "reference.parent_rejected companies A2"]),
    ]

    /// Each item takes the code of the one before it, the first one belongs to a company that is to
    /// be fixed, and the last one has nothing to do with them.
    @Test(arguments: [
        (ValidationPlan.againCountMax - 1, false), (ValidationPlan.againCountMax * 2, true),
    ])
    func `a chain of rows that wait has an end`(count: Int, isTooLong: Bool) throws {
        let house = try House(
            yaml: """
                portal: chain
                version: 1
                title: Chain
                sheets:
                  - id: companies
                    title: Companies
                    entity: company
                    key: [name]
                    fields:
                      - {id: name, title: Name, type: text}
                      - {id: home, title: Home, type: boolean}
                  - id: items
                    title: Items
                    entity: item
                    key: [name]
                    actions: [Create, Update]
                    fields:
                      - {id: name, title: Name, type: text}
                      - {id: code, title: Code, type: text}
                      - {id: company, title: Company, type: text,
                         rules: [{rule: references, sheet: companies}]}
                    rules: [{rule: unique, fields: [code], in: [known]}]
                """)
        let items = (0..<count).map { item in
            ["i\(item)", item == 0 ? "new" : "c\(item - 1)", item == 0 ? "Acme" : "", "@Update"]
        }
        let told = try house.judge(
            [
                "companies": [["Acme", "perhaps"]],
                "items": items + [["other", "other", "", "@Update"]],
            ],
            known: ["items": (0..<count).map { ["i\($0)", "c\($0)"] } + [["other", "o"]]]
        ).told
        #expect(told.contains("reference.parent_rejected items C2"))
        let waitingCount = isTooLong ? ValidationPlan.againCountMax : count - 1
        #expect(told.filter { $0.hasPrefix("row.waits items B") }.count == waitingCount)
        #expect(told.contains("row.waits items \(count + 2)") == isTooLong)
    }

    @Test(arguments: cases + togetherCases)
    func judged(_ example: Case) throws {
        let told = try House().judge(example.rows, known: example.known).told
        let expected = (["batch.held"] + example.told).sorted()
        #expect(told.sorted() == expected)
    }

    @Test func `what is found does not depend on the number of threads`() throws {
        for example in Self.cases + Self.togetherCases {
            let one = try House().judge(example.rows, known: example.known, threadCount: 1)
            let four = try House().judge(example.rows, known: example.known, threadCount: 4)
            #expect(one.told == four.told && one.verdicts.states == four.verdicts.states)
        }
    }
}
