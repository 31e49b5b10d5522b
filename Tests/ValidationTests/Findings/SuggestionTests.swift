import Testing

@testable import Validation

struct SuggestionTests {
    /// Names of a list, with descriptions.
    private static let names = [
        ("acme.1.service", "Acme Ltd"), ("birch.1.service", "Birch Dental"),
        ("cobalt.1.service", "Cobalt Group"), ("cobalt.2.service", "Cobalt Group"),
        ("dove.1.service", ""), ("dove.3.service", ""), ("Elm.1.service", "The Elm"),
    ]

    private func bench() throws -> Bench {
        try Bench(
            fields: """
                {id: name, title: Name, type: text, rules: [
                 {rule: pattern, pattern: '[A-Za-z0-9._-]{1,64}', code: domain.invalid},
                 {rule: inDirectory, directory: names,
                  codes: {unknown: domain.unknown, case: domain.case_differs}}]}
                """,
            directories: "names: {title: Names}")
    }

    private func suggestion(_ names: [String]) throws -> String? {
        let known = Knowing(directories: ["names": Self.names.map { ($0, $1) }])
        return try bench().judge(names.map { Row([Cell($0)]) }, known).suggestions.first ?? nil
    }

    @Test(arguments: [
        // Another case.
        ("ACME.1.SERVICE", "acme.1.service"), ("elm.1.service", "Elm.1.service"),
        // A slip: a letter more, less, other, two swapped.
        ("acme.1.servicee", "acme.1.service"), ("acme.1service", "acme.1.service"),
        ("acne.1.service", "acme.1.service"), ("amce.1.service", "acme.1.service"),
        ("lm.1.service", "Elm.1.service"),
        // Two slips, or two names one slip away.
        ("acne.1.servicee", nil), ("dove.2.service", nil), ("cobalt.3.service", nil),
        // A description, or nearly one; not one of two names.
        ("Acme Ltd", "acme.1.service"), ("acme ltd", "acme.1.service"),
        ("Acme Ltd.", "acme.1.service"), ("Brich Dental", "birch.1.service"),
        ("Cobalt Group", nil), ("Acme Limited", nil),
    ])
    func `a name is suggested`(typed: String, name: String?) throws {
        #expect(try suggestion([typed]) == name)
    }

    @Test func `a name that another row uses is not free`() throws {
        #expect(try suggestion(["acne.1.service", "acme.1.service"]) == nil)
        #expect(try suggestion(["acne.1.service", "ACME.1.service"]) == nil)
        #expect(try suggestion(["Acme Ltd", "acme.1.service"]) == nil)
    }

    @Test func `an e-mail address is taken out of its wrapping`() throws {
        let bench = try Bench(field: "type: email")
        let rows: [Row] = [
            ["a", "x", "Ann Lee <ann@ex.example>"], ["b", "x", "mailto:bob@ex.example"],
            ["c", "x", "cid@ex"], ["d", "x", "a@ex.example, b@ex.example"],
        ]
        #expect(bench.judge(rows).suggestions == ["ann@ex.example", "bob@ex.example", nil, nil])
    }

    @Test(arguments: [
        ("[Only]", "Only"), ("[One, Two]", nil), ("{setting: platform}", "Luminate Wholesale"),
        ("{setting: platform, open: true}", nil),
    ])
    func `where one choice is all there is, it is suggested`(
        choices: String, suggestion: String?
    ) throws {
        let bench = try Bench(
            field: "type: choice, choices: \(choices)", rules: "{rule: required}",
            settings: "platform: Luminate Wholesale")
        #expect(bench.judge([["acme", "x", ""]]).suggestions == [suggestion])
    }

    @Test func `the first two thousand different values get one`() throws {
        let bench = try Bench(field: "type: choice, choices: [Free]")
        var rows = (0..<ValidationPlan.suggestionCountMax - 2).map { index -> Row in
            [Cell("n\(index)"), "x", Cell("bad\(index)")]
        }
        rows += Array(repeating: ["a", "x", "bad0"], count: 10)
        rows += [["b", "x", "free"], ["c", "x", "Fre"], ["d", "x", "Fee"], ["e", "x", "free"]]
        let suggestions = bench.judge(rows).suggestions.suffix(4)
        #expect(Array(suggestions) == ["Free", "Free", nil, "Free"])
    }

    @Test func `a long value without a pattern is not searched for slips`() throws {
        let bench = try Bench(
            field: "type: text", rules: "{rule: inDirectory, directory: names}",
            directories: "names: {title: Names}")
        let long = String(repeating: "a", count: 32_767)
        let duration = ContinuousClock().measure {
            let judged = bench.judge([["a", "x", Cell(long)]], Knowing([long + "a"]))
            #expect(judged.suggestions == [nil])
        }
        #expect(duration < .seconds(2))
    }
}
