import Catalogue
import Testing

@testable import Portals

struct DecodingTests {
    @Test func `a sheet has what is written`() throws {
        let sheet = try Sample.definition().sheets[0]
        #expect(sheet.title.text(in: "de") == "Kunden")
        #expect(sheet.noun.text(in: "en") == "company")
        #expect(sheet.key == ["name"])
        #expect(sheet.actions == [.create, .update])
        #expect(sheet.updatedByCreate == ["package"])
        #expect(sheet.readMe.map { $0.text(in: "en") } == ["One row for each."])
        #expect(sheet.examples == [["name": "acme", "package": "Free"]])
        #expect(sheet.fields.map(\.isRequired) == [true, false, false, false])
    }

    @Test func `choices come from a list or a setting`() throws {
        let fields = try Sample.definition().sheets[0].fields
        guard case .setting("packages", open: true) = fields[2].choices else {
            Issue.record("found \(String(describing: fields[2].choices))")
            return
        }
        guard case .list(let choices) = fields[3].choices else {
            Issue.record("found \(String(describing: fields[3].choices))")
            return
        }
        #expect(choices.map(\.value) == ["Yes", "No"])
        #expect(choices.map { $0.title.text(in: "de") } == ["Ja", "No"])
    }

    @Test func `a rule keeps its parameters and its place`() throws {
        let sheet = try Sample.definition().sheets[0]
        let rule = sheet.fields[0].rules[1]
        #expect(rule.kind == "inDirectory")
        #expect(rule.parameters == ["directory": .text("domains")])
        #expect(rule.severity == .warning)
        #expect(rule.codes == ["unknown": .domainUnknown])
        #expect(rule.path == "sheets[0].fields[0].rules[1]")
        #expect(sheet.fields[1].rules[0].parameters["fill"] == .boolean(true))
        #expect(sheet.rules[0].remedy == LocalizedText("Not {value}."))
        #expect(sheet.rules[0].path == "sheets[0].rules[0]")
    }

    @Test func `an operation has what is written`() throws {
        let operations = try Sample.definition().operations
        #expect(operations.map(\.id) == ["sample.create", "sample.upload"])
        #expect(operations[0].sheet == "customers")
        #expect(operations[0].file == "upload")
        #expect(operations[0].data.map(\.name) == ["companyName", "platform", "kind"])
        #expect(operations[1].once && operations[1].optional)
        #expect(operations[1].after == ["sample.create"])
        #expect(operations[1].lists.map(\.fields) == [["name"]])
        #expect(operations[1].charge == "packages")
        #expect(operations[1].mail == LocalizedText("The admin, at once."))
    }

    @Test(arguments: [
        ("{field: package, is: Free}", "field(\"package\", Portals.ValueTest.oneOf([\"Free\"]))"),
        ("{field: trial, is: Yes}", "field(\"trial\", Portals.ValueTest.oneOf([\"Yes\"]))"),
        (
            "{field: trial, in: [Yes, 7]}",
            "field(\"trial\", Portals.ValueTest.oneOf([\"Yes\", \"7\"]))"
        ),
        ("{field: name, blank: true}", "field(\"name\", Portals.ValueTest.blank)"),
        ("{field: name, blank: false}", "field(\"name\", Portals.ValueTest.filled)"),
        ("{setting: days, is: 14}", "setting(\"days\", Portals.ValueTest.oneOf([\"14\"]))"),
        ("{action: Update}", "action([Portals.Action.update])"),
        (
            "{not: {any: [{action: Create}]}}",
            "not(Portals.Condition.any([Portals.Condition.action([Portals.Action.create])]))"
        ),
        (
            "{parent: reference, action: Create}",
            "parent(field: \"reference\", Portals.Condition.action([Portals.Action.create]))"
        ),
    ])
    func `conditions are read`(yaml: String, expected: String) throws {
        let condition = try #require(try Sample.condition(yaml))
        #expect("\(condition)" == expected)
    }

    @Test(arguments: [
        ("true", Value.boolean(true)), ("Yes", .text("Yes")), ("off", .text("off")),
        ("12", .integer(12)), ("-1", .integer(-1)), ("007", .text("007")), ("0", .integer(0)),
        ("1.50", .decimal("1.50")), ("0.5", .decimal("0.5")), ("1.2.3", .text("1.2.3")),
        ("1.", .text("1.")), ("1e3", .text("1e3")), ("\"12\"", .text("12")), ("~", .null),
        ("99999999999999999999", .decimal("99999999999999999999")), ("", .null),
        ("2026-01-31", .text("2026-01-31")), ("[a, 1]", .list([.text("a"), .integer(1)])),
        ("{b: 1, a: 2}", .table([.init("b", .integer(1)), .init("a", .integer(2))])),
    ])
    func `scalars are read as they look`(yaml: String, value: Value) throws {
        #expect(try Value(yaml: yaml, file: "x") == value)
    }

    @Test func `aliases that multiply end at a limit`() {
        let lines = (1...6).map { level in
            let nine = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ",")
            return "l\(level): &l\(level) [\(nine)]"
        }
        let yaml = "l0: &l0 [a]\n" + lines.joined(separator: "\n")
        #expect(throws: DefinitionError.self) { try Value(yaml: yaml, file: "x") }
    }
}
