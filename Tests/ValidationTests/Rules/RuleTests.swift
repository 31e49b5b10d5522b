import Catalogue
import Portals
import Spreadsheet
import Testing

@testable import Validation

/// Each kind of rule: what it takes and what it refuses.
struct RuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var rule: String
        var type = "type: text"
        var other: Cell = "x"
        var cell: Cell
        var told: [String]

        var testDescription: String { "\(rule) \(cell.text) \(cell.kind)" }
    }

    private static let thousand = String(repeating: "é", count: 1_000)

    @Test(arguments: [
        Case(rule: "rule: required", cell: "x", told: []),
        Case(rule: "rule: required", cell: "", told: ["cell.required C2"]),
        Case(rule: "rule: required", cell: " ", told: ["cell.required C2"]),
        Case(rule: "rule: required", cell: Cell(.error, "#N/A"), told: ["cell.error_value C2"]),
        Case(rule: "rule: required, severity: warning", cell: "", told: ["cell.required C2"]),
        Case(rule: "rule: required, code: domain.invalid", cell: "", told: ["domain.invalid C2"]),

        Case(rule: "rule: forbidden", cell: "", told: []),
        Case(rule: "rule: forbidden", cell: "x", told: ["cell.forbidden C2"]),
        Case(
            rule: "rule: forbidden, when: {field: other, is: Y}", other: "y", cell: "x",
            told: ["cell.forbidden C2"]),
        Case(rule: "rule: forbidden, when: {field: other, is: Y}", other: "z", cell: "x", told: []),

        Case(rule: "rule: maxLength, maximum: 3", cell: "ab", told: []),
        Case(rule: "rule: maxLength, maximum: 3", cell: "abc", told: []),
        Case(rule: "rule: maxLength, maximum: 3", cell: "abcd", told: ["cell.too_long C2"]),
        Case(rule: "rule: maxLength, maximum: 3", cell: "äöü", told: []),
        Case(rule: "rule: maxLength, maximum: 3", cell: "äöüß", told: ["cell.too_long C2"]),
        Case(rule: "rule: maxLength, maximum: 3", cell: "e\u{301}ab", told: ["cell.too_long C2"]),
        Case(rule: "rule: maxLength, maximum: 2", cell: "\u{1F600}\u{1F600}", told: []),
        Case(rule: "rule: maxLength, maximum: 3", cell: " abc ", told: ["cell.trimmed C2"]),
        Case(
            rule: "rule: maxLength, maximum: 999", cell: Cell(thousand),
            told: ["cell.too_long C2"]),
        Case(rule: "rule: maxLength, maximum: 1000", cell: Cell(thousand), told: []),
        Case(rule: "rule: maxLength, maximum: 3", cell: "", told: []),

        Case(rule: "rule: pattern, pattern: '[a-z]{2}'", cell: "ab", told: []),
        Case(rule: "rule: pattern, pattern: '[a-z]{2}'", cell: "", told: []),
        Case(rule: "rule: pattern, pattern: '[a-z]{2}'", cell: "abc", told: ["cell.pattern C2"]),
        Case(
            rule: "rule: pattern, pattern: '[a-z]{2}', code: domain.invalid", cell: "A",
            told: ["domain.invalid C2"]),
        Case(rule: "rule: pattern, pattern: '[0-9]+'", cell: Cell(.number, "12.0"), told: []),

        Case(rule: "rule: oneOf, values: [Yes, No]", cell: "Yes", told: []),
        Case(rule: "rule: oneOf, values: [Yes, No]", cell: "", told: []),
        Case(rule: "rule: oneOf, values: [Yes, No]", cell: "yes", told: ["cell.not_in_list C2"]),

        Case(rule: "rule: equals, field: other", other: "abc", cell: "abc", told: []),
        Case(
            rule: "rule: equals, field: other", other: "abc", cell: "Abc",
            told: ["cell.must_equal C2"]),
        Case(rule: "rule: equals, field: other", other: "abc", cell: "", told: []),
        Case(rule: "rule: equals, field: other", other: "", cell: "abc", told: []),
        Case(rule: "rule: equals, field: other", other: Cell(.number, "12"), cell: "12", told: []),
        Case(
            rule: "rule: equals, field: other", other: "caf\u{E9}", cell: "cafe\u{301}",
            told: ["cell.must_equal C2"]),
        Case(
            rule: "rule: equals, field: other", other: "abc ", cell: "abc",
            told: ["cell.trimmed B2"]),
        Case(
            rule: "rule: equals, field: other, fill: true", other: "abc", cell: "",
            told: ["cell.filled C2"]),
        Case(rule: "rule: equals, field: other, fill: true", other: "", cell: "", told: []),

        Case(rule: "rule: inDirectory, directory: names", cell: "Acme", told: []),
        Case(rule: "rule: inDirectory, directory: names", cell: "", told: []),
        Case(
            rule: "rule: inDirectory, directory: names", cell: "acme",
            told: ["directory.case_differs C2"]),
        Case(
            rule: "rule: inDirectory, directory: names", cell: "Bcme",
            told: ["directory.unknown C2"]),
        Case(
            rule: "rule: inDirectory, directory: names, exactlyOne: true", cell: "acme",
            told: ["directory.case_differs C2"]),
        Case(
            rule: "rule: inDirectory, directory: names, codes: {unknown: domain.unknown}",
            cell: "B",
            told: ["domain.unknown C2"]),
        Case(
            rule: "rule: inDirectory, directory: names, when: {field: other, is: y}", cell: "B",
            told: []),
        Case(
            rule: "rule: inDirectory, directory: names, mayBeNew: {field: other, is: x}",
            cell: "B", told: []),
        Case(
            rule: "rule: inDirectory, directory: names, mayBeNew: {field: other, is: y}",
            cell: "B", told: ["directory.unknown C2"]),
        Case(
            rule: "rule: inDirectory, directory: names, mayBeNew: {field: other, is: x}",
            cell: "acme", told: ["directory.case_differs C2"]),

        Case(rule: "rule: notInDirectory, directory: names", cell: "B", told: []),
        Case(rule: "rule: notInDirectory, directory: names", cell: "", told: []),
        Case(
            rule: "rule: notInDirectory, directory: names", cell: "acme",
            told: ["record.exists C2"]),
        Case(
            rule: "rule: notInDirectory, directory: names, when: {field: other, is: y}",
            cell: "Acme", told: []),

        Case(rule: "rule: charge, setting: packages", cell: "Free", told: []),
        Case(rule: "rule: charge, setting: packages", cell: "", told: []),
        Case(rule: "rule: charge, setting: packages", cell: "Gold", told: ["charge.applies C2"]),
        Case(rule: "rule: charge, setting: packages", cell: "Other", told: ["charge.applies C2"]),
        Case(
            rule: "rule: charge, setting: packages, when: {field: other, is: y}", cell: "Gold",
            told: []),
    ])
    func `a rule judges a cell`(_ test: Case) throws {
        let bench = try Bench(
            field: test.type, rules: "{\(test.rule)}",
            settings:
                "packages: [{name: Free, paid: false}, {name: Gold, paid: true, price: 12.50}]",
            directories: "names: {title: Names}")
        let judged = bench.judge([["acme", test.other, test.cell]], Knowing(["Acme"]))
        #expect(judged.told == test.told)
    }

    @Test(arguments: [
        ("x", "", []), ("", "y", []), ("x", "y", ["cell.exactly_one B2"]),
        ("", "", ["cell.exactly_one B2"]), ("x", " ", []),
    ])
    func `exactly one of two is filled`(left: String, right: String, told: [String]) throws {
        let bench = try Bench(
            fields: """
                {id: name, title: Name, type: text}, {id: left, title: Left, type: text},
                {id: right, title: Right, type: text}
                """,
            rules: "{rule: exactlyOne, fields: [left, right]}", actions: "Create, Update")
        let known = Knowing(records: [["acme", nil, nil]])
        #expect(bench.judge([["new", Cell(left), Cell(right)]], known).told == told)

        let update = bench.judge([Row(["acme", Cell(left), Cell(right)], action: "Update")], known)
        #expect(update.errors == (left.isEmpty ? [] : told))
    }

    @Test(arguments: [
        ("{field: other, is: A}", true), ("{field: other, is: B}", false),
        ("{field: other, in: [b, A]}", true), ("{field: other, blank: true}", false),
        ("{field: other, filled: true}", true), ("{field: field, blank: true}", true),
        ("{setting: mode, is: Strict}", true), ("{setting: mode, is: lax}", false),
        ("{setting: names, in: [two]}", true), ("{setting: none, blank: true}", true),
        ("{action: Create}", true), ("{action: [Update]}", false),
        ("{not: {action: Update}}", true),
        ("{all: [{action: Create}, {field: other, is: b}]}", false),
        ("{any: [{action: Update}, {field: other, is: a}]}", true),
    ])
    func `a rule with a condition speaks when it holds`(condition: String, holds: Bool) throws {
        let bench = try Bench(
            field: "type: text", rules: "{rule: required, when: \(condition)}",
            settings: "mode: strict, names: [one, two], none: ~")
        #expect(bench.judge([["acme", " a ", ""]]).errors == (holds ? ["cell.required C2"] : []))
    }

    @Test func `a rule may have its own severity, code and words`() throws {
        let bench = try Bench(
            field: "type: text",
            rules: """
                {rule: pattern, pattern: '[a-z]+', severity: warning, code: domain.invalid,
                 message: {en: Odd., de: Seltsam.}, remedy: Look.}
                """)
        let judged = bench.judge([["a", "x", "1"], ["b", "x", "2"]])
        #expect(judged.told == ["domain.invalid C2 x2"])
        #expect(judged.states == [.accepted, .accepted])
        let words = judged.detail(.domainInvalid)?.rule
        #expect(words?.message?.text(in: "de") == "Seltsam.")
        #expect(words?.remedy?.text(in: "en") == "Look.")
    }

    @Test func `a value that is only warned of is judged further`() throws {
        let bench = try Bench(
            fields: """
                {id: name, title: Name, type: text},
                {id: code, title: Code, type: text,
                 rules: [{rule: pattern, pattern: '[a-z]+', severity: warning}]}
                """,
            rules: "{rule: unique, fields: [code]}")
        #expect(
            bench.judge([["a", "1"], ["b", "1"]]).errors
                == ["record.duplicate_in_file B2", "record.duplicate_in_file B3"])
    }

    @Test func `the value it must equal is told and suggested`() throws {
        let bench = try Bench(field: "type: text", rules: "{rule: equals, field: other}")
        let detail = bench.judge([["acme", "abc", "abd"]]).detail(.cellMustEqual)
        #expect(detail?.arguments == ["expected": "abc", "other": "Other"])
        #expect(detail?.suggestion == "abc")
    }

    @Test func `a blank that is filled has the other's value`() throws {
        let bench = try Bench(
            field: "type: text", rules: "{rule: equals, field: other, fill: true}")
        let judged = bench.judge([["a", " x", ""], ["b", "y", "y"], ["c", "z", ""]])
        #expect(judged.told == ["cell.trimmed B2", "cell.filled C2 x2"])
        let values = RecordValues(judged.store, judged.verdicts, of: bench.definition)
        #expect((0..<3).map { values.text(sheet: 0, row: $0, field: 2) } == ["x", "y", "z"])
    }

    @Test func `the length and its limit are told`() throws {
        let bench = try Bench(field: "type: text", rules: "{rule: maxLength, maximum: 3}")
        #expect(
            bench.judge([["acme", "x", "äöüß"]]).detail(.cellTooLong)?.arguments
                == ["max": "3", "length": "4"])
    }
}
