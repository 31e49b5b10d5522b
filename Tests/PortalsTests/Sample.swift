@testable import Portals

/// A small Definition with everything in it, to be broken in one place at a time.
enum Sample {
    static let yaml = """
        portal: sample
        version: 2
        title: Sample Portal
        settings:
          platform: One
          days: 14
          packages: [{name: Free, paid: false, price: null}]
        directories:
          domains: {title: Domain list}
        sheets:
          - id: customers
            title: {en: Customers, de: Kunden}
            aliases: [Companies]
            entity: company
            noun: {en: company, de: Firma}
            key: [name]
            actions: [Create, Update]
            updatedByCreate: [package]
            fields:
              - id: name
                title: Company Name
                aliases: [Domain]
                type: text
                prompt: The domain.
                rules:
                  - {rule: required}
                  - rule: inDirectory
                    directory: domains
                    severity: warning
                    codes: {unknown: domain.unknown}
                    when: {field: package, filled: true}
              - id: reference
                title: Reference
                type: text
                rules:
                  - {rule: equals, field: name, fill: true}
                  - {rule: references, sheet: customers}
              - id: package
                title: Package
                type: choice
                choices: {setting: packages, open: true}
              - id: trial
                title: Trial
                type: choice
                choices: [{value: Yes, title: {en: Yes, de: Ja}}, No]
            rules:
              - {rule: unique, fields: [reference], in: [file, known], remedy: "Not {value}."}
            readMe: [One row for each.]
            examples: [{name: acme, package: Free}]
        operations:
          - id: sample.create
            for: customers
            when: {action: Create}
            kind: file
            file: upload
            data: {companyName: name, platform: {setting: platform}, kind: {constant: new}}
          - id: sample.upload
            once: true
            kind: manual
            after: [sample.create]
            list: {sheet: customers, when: {action: Create}, fields: [name]}
            charge: packages
            text: {en: Upload it., de: Hochladen.}
            mail: The admin, at once.
            optional: true
        """

    static func definition(
        replacing old: String = "", by new: String = ""
    ) throws(DefinitionError) -> Definition {
        var text = yaml
        if let range = text.firstRange(of: old), !old.isEmpty {
            text.replaceSubrange(range, with: new)
        }
        return try Definitions.decode(yaml: text, file: "sample.yaml")
    }

    /// The Definition with another condition on the rule `inDirectory`.
    static func condition(_ yaml: String) throws -> Condition? {
        let definition = try definition(
            replacing: "when: {field: package, filled: true}", by: "when: \(yaml)")
        return definition.sheets[0].fields[0].rules[1].when
    }
}
