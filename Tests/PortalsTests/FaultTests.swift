import Testing

@testable import Portals

/// Each line breaks the sample in one place and says which error, and where, comes of it.
struct FaultTests {
    @Test(arguments: [
        ("version: 2", "version: two", "definition.wrong_type", "version"),
        ("version: 2", "version: 0", "definition.wrong_type", "version"),
        ("version: 2", "versoin: 2", "definition.key_unknown", "versoin"),
        ("version: 2\n", "", "definition.key_missing", "version"),
        ("title: Sample Portal", "title: ' '", "definition.bad_value", "title"),
        ("title: Sample Portal", "title: [a]", "definition.wrong_type", "title"),
        ("portal: sample", "portal: ../sample", "definition.bad_value", "portal"),
        ("portal: sample", "portal: a: b", "definition.malformed", ""),
        ("version: 2", "portal: again", "definition.malformed", ""),
        (
            "once: true", "once: true\n    interval: {minutes: 1, message: x}",
            "definition.bad_value", "operations[1]"
        ),
        (
            "{title: Domain list}", "{titel: x}", "definition.key_unknown",
            "directories.domains.titel"
        ),
        (
            "key: [name]", "key: [name]\n    link: http://a", "definition.bad_value",
            "sheets[0].link"
        ),
        (
            "key: [name]", "key: [name]\n    link: 'https://{name'", "definition.bad_value",
            "sheets[0].link"
        ),
        (
            "key: [name]", "key: [name]\n    link: 'https://{nobody}.a'",
            "definition.reference_unknown", "sheets[0].link"
        ),
        (
            "title: Reference\n", "title: Reference\n        earlier: [{until: 2}]\n",
            "definition.bad_value", "sheets[0].fields[1].earlier[0].until"
        ),
        (
            "aliases: [Companies]", "earlier: [{title: Firms}]", "definition.key_missing",
            "sheets[0].earlier[0].until"
        ),
        (
            "title: Reference\n",
            "title: Reference\n        earlier: [{until: 1, choices: {a: b}}]\n",
            "definition.bad_value", "sheets[0].fields[1].earlier[0].choices.a"
        ),
        (
            "title: Trial\n",
            "title: Trial\n        earlier: [{until: 1, choices: {Yep: Yes, Nope: no}}]\n",
            "definition.bad_value", "sheets[0].fields[3].earlier[0].choices.Nope"
        ),
        (
            "title: Trial\n        type: choice",
            """
            title: Trial
                    earlier: [{until: 1, title: x}]
                    type: choice
                    choices: [Yes, No]
                  - id: other
                    title: Other
                    earlier: [{until: 1, title: X}]
                    type: choice
            """, "definition.alias_ambiguous", "sheets[0]"
        ),
        (
            "portal: sample", "compare: {sheet: x}\nportal: sample", "definition.reference_unknown",
            "compare.sheet"
        ),
        (
            "portal: sample",
            "compare: {sheet: customers, columns: {name: Package}}\nportal: sample",
            "definition.alias_ambiguous", "compare.columns.fields[2]"
        ),
        (
            "portal: sample", "compare: {sheet: customers, reference: x}\nportal: sample",
            "definition.reference_unknown", "compare.reference"
        ),
        (
            "portal: sample",
            "compare: {sheet: customers, invoice: {name: x, amount: [X]}}\nportal: sample",
            "definition.alias_ambiguous", "compare.invoice.fields[3]"
        ),
        ("{en: Customers,", "{fr: Clients,", "definition.key_missing", "sheets[0].title"),
        (
            "{en: Customers,", "{en: Customers, German: x,", "definition.key_unknown",
            "sheets[0].title.German"
        ),
        ("key: [name]", "key: [nmae]", "definition.reference_unknown", "sheets[0].key"),
        ("key: [name]", "key: []", "definition.bad_value", "sheets[0].key"),
        (
            "key: [name]", "key: [name]\n    makes: [{sheet: nope, values: {name: name}}]",
            "definition.reference_unknown", "sheets[0].makes[0].sheet"
        ),
        (
            "key: [name]", "key: [name]\n    makes: [{sheet: customers, values: {name: nope}}]",
            "definition.reference_unknown", "sheets[0].makes[0].values.name"
        ),
        ("[Create, Update]", "[Create, Upsert]", "definition.bad_value", "sheets[0].actions[1]"),
        (
            "updatedByCreate: [package]", "updatedByCreate: [x]", "definition.reference_unknown",
            "sheets[0].updatedByCreate"
        ),
        (
            "{name: acme, package: Free}", "{nmae: acme}", "definition.reference_unknown",
            "sheets[0].examples[0]"
        ),
        ("id: reference", "id: name", "definition.id_repeated", "sheets[0].fields[1].id"),
        ("title: Reference", "title: DOMAIN", "definition.alias_ambiguous", "sheets[0].fields[1]"),
        (
            "type: text\n        prompt", "type: string\n        prompt", "definition.bad_value",
            "sheets[0].fields[0].type"
        ),
        (
            "choices: {setting: packages,", "choices: {setting: plans,",
            "definition.reference_unknown", "sheets[0].fields[2].choices.setting"
        ),
        (
            "type: choice\n        choices: {", "type: text\n        choices: {",
            "definition.bad_value", "sheets[0].fields[2]"
        ),
        (
            "{rule: required}", "{message: x}", "definition.key_missing",
            "sheets[0].fields[0].rules[0].rule"
        ),
        (
            "directory: domains", "directory: users", "definition.reference_unknown",
            "sheets[0].fields[0].rules[1].directory"
        ),
        (
            "severity: warning", "severity: fatal", "definition.bad_value",
            "sheets[0].fields[0].rules[1].severity"
        ),
        (
            "severity: warning",
            "severity: warning\n            mayBeNew: {field: nobody, is: x}",
            "definition.reference_unknown", "sheets[0].fields[0].rules[1].mayBeNew.field"
        ),
        (
            "updatedByCreate: [package]", "existsRemedy: Not {valeu}.",
            "definition.bad_value", "sheets[0].existsRemedy"
        ),
        (
            "domain.unknown", "domain.unknwon", "definition.reference_unknown",
            "sheets[0].fields[0].rules[1].codes.unknown"
        ),
        (
            "field: name, fill", "field: nmae, fill", "definition.reference_unknown",
            "sheets[0].fields[1].rules[0].field"
        ),
        (
            "fields: [reference]", "fields: [ref]", "definition.reference_unknown",
            "sheets[0].rules[0].fields"
        ),
        ("Not {value}.", "Not {valeu}.", "definition.bad_value", "sheets[0].rules[0].remedy"),
        (
            "{field: package, filled: true}", "{field: x, filled: true}",
            "definition.reference_unknown", "sheets[0].fields[0].rules[1].when.field"
        ),
        (
            "{field: package, filled: true}", "{setting: x, filled: true}",
            "definition.reference_unknown", "sheets[0].fields[0].rules[1].when.setting"
        ),
        (
            "{field: package, filled: true}", "{field: package}", "definition.bad_value",
            "sheets[0].fields[0].rules[1].when"
        ),
        (
            "{field: package, filled: true}", "{field: package, is: a, in: [b]}",
            "definition.bad_value", "sheets[0].fields[0].rules[1].when"
        ),
        (
            "{field: package, filled: true}", "{filled: true}", "definition.bad_value",
            "sheets[0].fields[0].rules[1].when"
        ),
        (
            "{field: package, filled: true}", "{action: Create, is: a}", "definition.bad_value",
            "sheets[0].fields[0].rules[1].when"
        ),
        (
            "{field: package, filled: true}", "{not: {field: x, is: a}}",
            "definition.reference_unknown", "sheets[0].fields[0].rules[1].when.not.field"
        ),
        ("id: sample.upload", "id: sample.create", "definition.id_repeated", "operations[1].id"),
        ("for: customers", "for: rooms", "definition.reference_unknown", "operations[0].for"),
        ("for: customers\n", "\n", "definition.bad_value", "operations[0]"),
        ("kind: file\n    file: upload", "kind: file", "definition.bad_value", "operations[0]"),
        ("kind: file", "kind: ftp", "definition.bad_value", "operations[0].kind"),
        (
            "companyName: name", "companyName: nmae", "definition.reference_unknown",
            "operations[0].data.companyName"
        ),
        (
            "{constant: new}", "{konstant: new}", "definition.key_unknown",
            "operations[0].data.kind.konstant"
        ),
        (
            "after: [sample.create]", "after: [sample.x]", "definition.reference_unknown",
            "operations[1].after"
        ),
        ("after: [sample.create]", "after: [sample.upload]", "definition.cycle", "operations"),
        (
            "{sheet: customers,", "{sheet: rooms,", "definition.reference_unknown",
            "operations[1].list.sheet"
        ),
        (
            "charge: packages", "charge: prices", "definition.reference_unknown",
            "operations[1].charge"
        ),
        ("text: {en: Upload it., de: Hochladen.}\n", "\n", "definition.bad_value", "operations[1]"),
        ("optional: true", "optional: perhaps", "definition.wrong_type", "operations[1].optional"),
    ])
    func `a fault is named with its place`(
        old: String, new: String, code: String, path: String
    ) throws {
        #expect(Sample.yaml.contains(old), "the sample has no “\(old)”")
        let error = #expect(throws: DefinitionError.self) {
            try Sample.definition(replacing: old, by: new)
        }
        #expect(error?.code == code)
        #expect(error?.path == path)
        #expect(error?.file == "sample.yaml")
    }

    @Test func `a long way round is a cycle too`() {
        let operations = (0..<3).map { index in
            "\n  - {id: o\(index), once: true, kind: wait, after: [o\((index + 1) % 3)]}"
        }
        let error = #expect(throws: DefinitionError.self) {
            try Sample.definition(
                replacing: "\noperations:", by: "\noperations:\(operations.joined())")
        }
        #expect(error?.code == "definition.cycle")
        #expect(error?.found == "o0, o1, o2, each after another")
    }

    @Test func `an error says what was found and what is allowed`() {
        let error = #expect(throws: DefinitionError.self) {
            try Sample.definition(replacing: "key: [name]", by: "key: [nmae]")
        }
        #expect(
            error?.description == """
                sample.yaml, sheets[0].key: found nmae; allowed: name, reference, package, trial \
                [definition.reference_unknown]
                """)
    }
}
