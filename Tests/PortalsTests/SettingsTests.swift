import Testing

@testable import Portals

struct SettingsTests {
    private func changed(_ yaml: String) throws -> Settings {
        try Sample.definition().settings.changed(
            byYAML: yaml, file: "settings.yaml", portal: "sample", portals: ["other", "sample"])
    }

    @Test func `a file may name the settings themselves`() throws {
        let settings = try changed("platform: Two")
        #expect(settings["platform"] == .text("Two"))
        #expect(settings["days"] == .integer(14))
    }

    @Test func `a file may have a table for each portal`() throws {
        let settings = try changed("other: {anything: 1}\nsample: {days: 30}")
        #expect(settings["days"] == .integer(30))
        #expect(try changed("other: {anything: 1}") == Sample.definition().settings)
    }

    @Test func `an empty file changes nothing`() throws {
        #expect(try changed("# nothing yet\n") == Sample.definition().settings)
    }

    @Test func `members of a list look like the first of the default`() throws {
        let settings = try changed(
            "packages: [{name: Free, paid: false}, {name: Gold, paid: true, price: 9.50}]")
        #expect(settings.names("packages") == ["Free", "Gold"])
        #expect(settings["packages"]?.list?[1]["price"] == .decimal("9.50"))
    }

    @Test(arguments: [
        ("platfrom: Two", "settings.unknown", "platfrom"),
        ("sample: {platfrom: Two}", "settings.unknown", "sample.platfrom"),
        ("sample: {days: 30}\nthird: {days: 1}", "settings.unknown", "third"),
        ("days: soon", "settings.wrong_type", "days"),
        ("days: 1.5", "settings.wrong_type", "days"),
        ("platform: [Two]", "settings.wrong_type", "platform"),
        ("packages: Gold", "settings.wrong_type", "packages"),
        ("packages: [Gold]", "settings.wrong_type", "packages[0]"),
        ("packages: [{name: Gold}]", "definition.key_missing", "packages[0].paid"),
        ("packages: [{name: Gold, paid: 1}]", "settings.wrong_type", "packages[0].paid"),
        (
            "packages: [{name: Gold, paid: true, priec: 1}]", "definition.key_unknown",
            "packages[0].priec"
        ),
        ("[days]", "definition.wrong_type", ""),
        ("a: b: c", "definition.malformed", ""),
    ])
    func `what does not fit is named with its place`(
        yaml: String, code: String, path: String
    ) throws {
        let error = #expect(throws: DefinitionError.self) { try changed(yaml) }
        #expect(error?.code == code)
        #expect(error?.path == path)
    }

    @Test(arguments: [
        ("days=30", "days", Value.integer(30)), ("platform=Two = 2", "platform", .text("Two = 2")),
        ("platform=3", "platform", .text("3")),
    ])
    func `one setting is set on the command line`(
        assignment: String, name: String, value: Value
    ) throws {
        let settings = try Sample.definition().settings.changed(byAssignment: assignment)
        #expect(settings[name] == value)
    }

    @Test(arguments: [
        ("days", "definition.bad_value"), ("day=1", "settings.unknown"),
        ("days=soon", "settings.wrong_type"), ("days={", "definition.malformed"),
    ])
    func `an assignment that does not fit is refused`(assignment: String, code: String) throws {
        let settings = try Sample.definition().settings
        let error = #expect(throws: DefinitionError.self) {
            try settings.changed(byAssignment: assignment)
        }
        #expect(error?.code == code)
    }

    /// Described settings are held to what is said of them, whoever sets them.
    private func described(_ yaml: String) throws -> Settings {
        let definition = try Definitions.decode(
            yaml: Sample.yaml + "\n" + Self.fields, file: "sample.yaml")
        return try definition.settings.changed(
            byYAML: yaml, file: "settings.yaml", portal: "sample", portals: ["sample"])
    }

    private static let fields = """
        settingFields:
          - {id: platform, title: Platform, required: true}
          - {id: days, title: Days, type: integer}
          - id: packages
            title: Packages
            fields:
              - {id: name, title: Package, required: true}
              - {id: paid, title: Paid, type: boolean, required: true}
              - {id: price, title: Price, type: decimal}
        """

    @Test(arguments: [
        ("packages: [{name: Gold, paid: true, price: 9.50}]", nil, ""),
        ("packages: [{name: Gold, paid: true, price: \"9.50\"}]", nil, ""),
        ("packages: [{name: Gold, paid: true, price: null}]", nil, ""),
        (
            "packages: [{name: Gold, paid: true, price: dear}]", "settings.wrong_type",
            "packages[0].price"
        ),
        (
            "packages: [{name: Gold, paid: true, price: \"9,50\"}]", "settings.wrong_type",
            "packages[0].price"
        ),
        ("packages: [{paid: true}]", "definition.key_missing", "packages[0].name"),
        ("days: -1", "settings.wrong_type", "days"),
    ])
    func `a described setting is held to its description`(
        yaml: String, code: String?, path: String
    ) throws {
        guard let code else {
            _ = try described(yaml)
            return
        }
        let error = #expect(throws: DefinitionError.self) { try described(yaml) }
        #expect(error?.code == code)
        #expect(error?.path == path)
    }

    @Test(arguments: [
        "platform: Two", "days: 30", "packages: [{name: \"a \\\"b\\\" \\\\ {c}: #\", paid: true}]",
        "packages: [{name: \"1.50\", paid: false, price: 1.50}]", "platform: \"null\"",
        "platform: \"a\\u200Bb\\nc\\td\"", "packages: []",
    ])
    func `what is written is read as the same`(yaml: String) throws {
        let changed = try changed(yaml)
        let written = changed.yaml(besides: try Sample.definition().settings)
        #expect(try self.changed(written) == changed, "\(written)")
        #expect(try self.changed(changed.yaml).yaml == changed.yaml)
    }

    @Test func `what says nothing new is not written`() throws {
        let settings = try changed("days: 14\npackages: [{name: Free, paid: false}]")
        #expect(settings.yaml(besides: try Sample.definition().settings) == "")
    }
}
