import Portals
import Testing

@testable import Validation

/// Definitions whose rules cannot be compiled: each error names its place, what was found, and what
/// may stand there.
struct DefinitionErrorTests {
    @Test(arguments: [
        ("rule: requird", "rule.unknown_kind", "rule", "requird"),
        ("rule: unique, fields: [name]", "rule.unknown_kind", "rule", "unique"),
        ("rule: required, maximum: 5", "rule.parameter_unknown", "maximum", "maximum"),
        ("rule: maxLength, maximum: 5, minimum: 1", "rule.parameter_unknown", "minimum", "minimum"),
        (
            "rule: required, codes: {unknown: domain.unknown}", "rule.parameter_unknown",
            "codes.unknown", "unknown"
        ),
        (
            "rule: inDirectory, directory: names, codes: {unkown: domain.unknown}",
            "rule.parameter_unknown", "codes.unkown", "unkown"
        ),
        ("rule: maxLength", "rule.parameter_missing", "maximum", "nothing"),
        ("rule: maxLength, maximum: 0", "rule.parameter_missing", "maximum", "0"),
        ("rule: maxLength, maximum: -1", "rule.parameter_missing", "maximum", "-1"),
        ("rule: maxLength, maximum: many", "rule.parameter_missing", "maximum", "many"),
        ("rule: maxLength, maximum: [5]", "rule.parameter_missing", "maximum", "a list or table"),
        ("rule: pattern", "rule.parameter_missing", "pattern", "nothing"),
        ("rule: pattern, pattern: '(a)'", "rule.pattern_invalid", "pattern", "(a)"),
        ("rule: pattern, pattern: '[b-a]'", "rule.pattern_invalid", "pattern", "[b-a]"),
        ("rule: oneOf, values: []", "rule.parameter_missing", "values", "a list or table"),
        ("rule: oneOf, values: Yes", "rule.parameter_missing", "values", "Yes"),
        ("rule: oneOf, values: [Yes, [No]]", "rule.parameter_missing", "values", "a list or table"),
        ("rule: equals", "rule.parameter_missing", "field", "nothing"),
        ("rule: equals, field: other, fill: Yes", "rule.parameter_missing", "fill", "Yes"),
        ("rule: inDirectory", "rule.parameter_missing", "directory", "nothing"),
        ("rule: notInDirectory", "rule.parameter_missing", "directory", "nothing"),
        (
            "rule: notInDirectory, directory: names, exactlyOne: true", "rule.parameter_unknown",
            "exactlyOne", "exactlyOne"
        ),
        ("rule: absentFrom", "rule.parameter_missing", "sheet", "nothing"),
        ("rule: absentFrom, sheet: rows, in: nowhere", "rule.value_unknown", "in", "nowhere"),
        ("rule: absentFrom, sheet: rows, by: [name]", "rule.parameter_missing", "to", "nothing"),
        (
            "rule: absentFrom, sheet: rows, by: [name, other], to: [name]",
            "rule.parameter_missing", "to", "1 fields"
        ),
        (
            "rule: allowedBy, setting: columns, column: a, "
                + "contains: {children: nobody, by: name, field: name}",
            "rule.sheet_unknown", "contains", "nobody"
        ),
        (
            "rule: allowedBy, setting: columns, column: a, "
                + "contains: {children: rows, by: other, field: name}",
            "rule.reference_missing", "contains", "other"
        ),
        ("rule: charge", "rule.parameter_missing", "setting", "nothing"),
    ])
    func `a rule of a field is refused`(
        rule: String, code: String, parameter: String, found: String
    ) throws {
        let error = try #require(throws: DefinitionError.self) {
            try Bench(
                field: "type: text", rules: "{\(rule)}", directories: "names: {title: Names}")
        }
        #expect(error.code == code)
        #expect(error.path == "sheets[0].fields[2].rules[0].\(parameter)")
        #expect(error.found == found)
        #expect(error.file == "test.yaml")
        #expect(!error.allowed.isEmpty)
    }

    @Test(arguments: [
        ("rule: required", "rule.unknown_kind", "rule", "required"),
        ("rule: unique", "rule.parameter_missing", "fields", "nothing"),
        ("rule: unique, fields: [email], in: [flie]", "rule.value_unknown", "in", "flie"),
        ("rule: unique, fields: [email], in: nowhere", "rule.value_unknown", "in", "nowhere"),
        (
            "rule: unique, fields: [email], in: {file: true}", "rule.parameter_missing", "in",
            "a list or table"
        ),
        ("rule: exactlyOne, fields: [name, email], of: 2", "rule.parameter_unknown", "of", "of"),
    ])
    func `a rule of a sheet is refused`(
        rule: String, code: String, parameter: String, found: String
    ) throws {
        let error = try #require(throws: DefinitionError.self) {
            try Bench(rules: "{\(rule)}")
        }
        #expect(error.code == code)
        #expect(error.path == "sheets[0].rules[0].\(parameter)")
        #expect(error.found == found)
    }

    /// Decoding has looked for these already; a plan made of another Definition still says so.
    @Test(arguments: [
        ("equals", "field", "rule.field_unknown"),
        ("inDirectory", "directory", "rule.directory_unknown"),
        ("notInDirectory", "directory", "rule.directory_unknown"),
    ])
    func `names that don't exist are refused`(kind: String, name: String, code: String) throws {
        let bench = try Bench(field: "type: text", rules: "{rule: required}")
        var definition = bench.definition
        definition.sheets[0].fields[2].rules[0].kind = kind
        definition.sheets[0].fields[2].rules[0].parameters = [name: .text("nobody")]
        let error = try #require(throws: DefinitionError.self) {
            try ValidationPlan(for: definition)
        }
        #expect(error.code == code)
        #expect(error.found == "nobody")
    }

    @Test func `every Definition this build carries compiles`() throws {
        for definition in try Definitions.embedded() { _ = try ValidationPlan(for: definition) }
    }

    @Test func `live checks follow from types and rules`() throws {
        let checks = try Bench.studio().plan.liveChecks(ofSheet: 0)
        let wanted: [LiveCheck] = [
            .outerSpace(field: 0), .missing(field: 0),
            .notInDirectory(field: 0, directory: "domains"),
            .notAnAddress(field: 1), .tooLong(field: 1, maximum: 254),
            .mustEqual(field: 4, other: 0),
            .notAChoice(field: 5), .duplicate(field: 1),
        ]
        for check in wanted { #expect(checks.contains(check)) }
        #expect(checks.last == .duplicate(field: 1))
    }
}
