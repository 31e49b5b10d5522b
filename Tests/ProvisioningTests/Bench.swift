import Portals
import Spreadsheet
import Testing
import Validation

@testable import Provisioning

/// A small portal on which the tests work: companies and their rooms, both ways of costing money.
enum Bench {
    static let yaml = """
        portal: bench
        version: 3
        title: Work Bench
        settings:
          region: north
          packages:
            - {name: Free, paid: false}
            - {name: Gold, paid: true, price: 12.50, currency: GBP, per: month}
            - {name: Silver, paid: true}
        sheets:
          - id: companies
            title: Companies
            entity: company
            noun: company
            key: [name]
            actions: [Create, Update, Delete, Invite]
            updatedByCreate: [package]
            fields:
              - {id: name, title: Name, type: text, rules: [{rule: required}]}
              - {id: email, title: Email, type: email}
              - id: reference
                title: Reference
                type: text
                rules: [{rule: equals, field: name, fill: true}]
              - id: package
                title: {en: Package, de: Paket}
                type: choice
                choices: {setting: packages, open: true}
                rules: [{rule: charge, setting: packages}]
          - id: rooms
            title: Rooms
            entity: room
            noun: room
            key: [company, name]
            actions: [Create, Delete]
            fields:
              - {id: company, title: Company, type: text}
              - {id: name, title: Name, type: text}
          - id: branches
            title: Branches
            entity: company
            noun: company
            key: [branch]
            actions: [Create, Update]
            fields:
              - {id: branch, title: Branch, type: text}
              - {id: email, title: Email, type: email}
        operations:
          - id: bench.company.update
            for: companies
            when: {action: Update}
            kind: manual
            changesOnly: true
            data: {email: email, reference: reference}
            text: {en: "Change {key} to {email}, {unknown}.", de: "{key} ändern."}
          - id: bench.company.create
            for: companies
            when: {action: Create}
            kind: file
            file: upload
            data:
              companyName: name
              email: email
              reference: reference
              region: {setting: region}
              source: {constant: gate}
          - id: bench.company.brand
            for: companies
            when: {all: [{action: Create}, {field: email, filled: true}]}
            kind: http
            after: [bench.company.create]
            data: {name: name}
          - id: bench.room.create
            for: rooms
            when: {action: Create}
            kind: http
            data: {name: name}
          - {id: bench.branch, for: branches, kind: http, data: {branch: branch}}
          - {id: bench.company.delete, for: companies, when: {action: Delete}, kind: http}
          - {id: bench.room.delete, for: rooms, when: {action: Delete}, kind: http}
          - id: bench.invite
            for: companies
            when: {action: Invite}
            kind: http
            mail: the contact
            data: {email: email}
          - id: bench.messaging
            once: true
            kind: manual
            optional: true
            after: [bench.upload, bench.packages]
            text: Order now.
          - id: bench.upload
            once: true
            kind: manual
            after: [bench.company.create]
            data: {region: {setting: region}}
            text: {en: Upload upload.xlsx., de: Laden Sie upload.xlsx hoch.}
          - id: bench.packages
            once: true
            kind: manual
            after: [bench.upload, bench.company.update]
            list:
              sheet: companies
              when: {field: package, filled: true}
              fields: [name, package]
            charge: packages
            text: Set the packages.
        """

    static func definition() throws -> Definition {
        try Definitions.decode(yaml: yaml, file: "bench.yaml")
    }

    /// The rows of a sheet: `Action` first, then the fields in order. The header stands in row 1.
    struct Sheet {
        var index = 0
        var rows: [[String]]
        /// Original row numbers by position.
        var originals: [Int: UInt32] = [:]
    }

    static func store(_ sheets: [Sheet], of definition: Definition) -> RowStore {
        var store = RowStore()
        for sheet in sheets {
            let fields = definition.sheets[sheet.index].fields
            let roles = [StoredColumn.Role.action] + fields.indices.map { .field($0) }
            var rows = SheetStore(
                definitionIndex: sheet.index,
                name: definition.sheets[sheet.index].title.text(in: "en"), headerRowNumber: 1,
                fieldCount: fields.count,
                columns: roles.enumerated().map {
                    StoredColumn(role: $0.element, title: "\($0.offset)", columnIndex: $0.offset)
                })
            for (row, texts) in sheet.rows.enumerated() {
                rows.appendRow(number: UInt32(row + 2), isHidden: false)
                if let number = sheet.originals[row] { rows.setOriginalRowNumber(number, row: row) }
                for (column, text) in texts.enumerated() where !text.isEmpty {
                    let id = store.texts.append(text) ?? 0
                    rows.set(StoredCell(kind: .text, textID: id), row: row, column: column)
                }
            }
            store.sheets.append(rows)
        }
        return store
    }

    /// What judging makes of the sheets.
    static func values(
        _ sheets: [Sheet], of definition: Definition? = nil, records: KnownRecords? = nil
    ) throws -> RecordValues {
        let definition = try definition ?? self.definition()
        let store = store(sheets, of: definition)
        let known = Known(settings: definition.settings, records: records, today: try today)
        let verdicts = try ValidationPlan(for: definition).judge(store, against: known)
        return RecordValues(store, verdicts, of: definition)
    }

    static func plan(
        _ companies: [[String]], records: KnownRecords? = nil, acceptedCharges: Int? = nil,
        language: String = "en"
    ) throws -> BatchPlan {
        let values = try values([Sheet(rows: companies)], records: records)
        return BatchPlan(
            values, settings: values.definition.settings, acceptedCharges: acceptedCharges,
            language: language, today: try today)
    }

    static func plan(_ values: RecordValues, language: String = "en") throws -> BatchPlan {
        BatchPlan(
            values, settings: values.definition.settings, language: language, today: try today)
    }

    static var today: CivilDate {
        get throws { try #require(CivilDate(year: 2026, month: 1, day: 31)) }
    }

    /// Known companies: name, e-mail, reference, package.
    static func records(_ companies: [[String]]) -> KnownRecords {
        var records = KnownRecords()
        for values in companies {
            records.add(
                KnownRecord(values: values, origin: "known"),
                key: Array(values[0].lowercased().utf8), toSheet: "companies")
        }
        return records
    }
}
