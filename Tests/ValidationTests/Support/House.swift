import Catalogue
import Portals
import Spreadsheet

@testable import Validation

/// A small portal of several sheets: companies, their rooms, and who hosts a room.
struct House {
    static let yaml = """
        portal: house
        version: 1
        title: House
        settings:
          lastDay: 2026-12-31
          longest: null
          approved: false
          sizes: [{name: S, regions: [north], fixed: true}, {name: L, regions: [], fixed: null}]
          region: south
        holds:
          - id: approval
            when: {setting: approved, is: false}
            message: "The account waits."
        sheets:
          - id: companies
            title: Companies
            entity: company
            key: [name]
            actions: [Create, Update, Delete, Reset password]
            fields:
              - {id: name, title: Name, type: text, rules: [{rule: required}]}
              - {id: status, title: Status, type: choice,
                 choices: [{value: customer, title: {en: customer, de: Kunde}}, prospect]}
              - {id: owner, title: Owner, type: email,
                 rules: [{rule: among, sheet: hosts, parent: company, field: host}]}
              - {id: created, title: Created, type: date, rules: [{rule: readOnly}]}
              - {id: home, title: Home, type: boolean}
            rules:
              - {rule: atMostOne, when: {field: home, is: true}, field: home}
          - id: rooms
            title: Rooms
            entity: room
            key: [company, name]
            actions: [Create, Update, Delete]
            fields:
              - {id: company, title: Company, type: text,
                 rules: [{rule: required}, {rule: references, sheet: companies}]}
              - {id: name, title: Room, type: text, rules: [{rule: required}]}
              - id: kind
                title: Kind
                type: choice
                choices: [personal, team]
                rules:
                  - {rule: forbidden, severity: warning,
                     when: {all: [{field: kind, is: team},
                                  {parent: company, field: status, is: prospect}]}}
              - {id: ends, title: Ends, type: date,
                 rules: [{rule: notBefore, today: true}, {rule: notAfter, setting: lastDay}]}
              - {id: seats, title: Seats, type: integer,
                 rules: [{rule: range, minimum: 1, maximum: {setting: longest}}]}
              - {id: size, title: Size, type: text,
                 rules: [{rule: allowedBy, setting: sizes, column: regions,
                          contains: {setting: region}},
                         {rule: allowedBy, setting: sizes, column: fixed, is: "false", was: true,
                          code: cell.forbidden}]}
              - {id: land, title: Land, type: country}
              - {id: only, title: Only, type: text, rules: [{rule: absentFrom, sheet: companies}]}
          - id: hosts
            title: Hosts
            entity: host
            key: [company, room, host]
            actions: [Link, Unlink]
            blank: Link
            fields:
              - {id: company, title: Company, type: text,
                 rules: [{rule: references, sheet: companies}]}
              - {id: room, title: Room, type: text,
                 rules: [{rule: references, sheet: rooms, by: [company, room],
                          kind: {not: {field: seats, is: 1}}}]}
              - {id: host, title: Host, type: email, rules: [{rule: required}]}
              - {id: guest, title: Guest, type: text,
                 rules: [{rule: references, sheet: rooms, to: [name], wrongSheets: [companies]},
                         {rule: sameParent, field: company}]}
            rules:
              - {rule: noRepeat, fields: [company, room, host]}
              - {rule: noConflict, fields: [company, room, host]}
              - {rule: countPerParent, parent: room, maximum: 1,
                 parentWhen: {field: kind, is: personal}}
              - {rule: countPerParent, parent: room, minimum: 1, ifAny: false,
                 parentWhen: {all: [{field: kind, is: team}, {action: Create}]}}
        """

    let plan: ValidationPlan
    private var definition: Definition { plan.definition }

    init(yaml: String = Self.yaml) throws {
        plan = try ValidationPlan(for: Definitions.decode(yaml: yaml, file: "house.yaml"))
    }

    /// - Parameters:
    ///   - rows: by sheet id; values in the order of the fields, and `@Delete` for what a row asks.
    ///   - known: records by sheet id; nil: nothing is known at all.
    func judge(
        _ rows: [String: [[String]]], known: [String: [[String]]]? = [:], threadCount: Int = 1
    ) throws -> (told: [String], verdicts: Verdicts) {
        let store = store(rows)
        guard let today = CivilDate(iso: "2026-01-31") else { return ([], plan.judged(store)) }
        let known = Known(
            settings: definition.settings, records: known.map(records), today: today)
        let verdicts = plan.judge(store, against: known, threadCount: threadCount)
        return (verdicts.findings.map { tell($0, store, verdicts) }, verdicts)
    }

    private func tell(_ finding: Finding, _ store: RowStore, _ verdicts: Verdicts) -> String {
        guard let sheet = finding.place.sheet else { return finding.code.rawValue }
        let id = definition.sheets[store.sheets[sheet].definitionIndex].id
        let column = finding.place.field.map { ColumnName.letters(of: $0) } ?? ""
        let row = finding.place.row.map { "\($0 + 2)" } ?? ""
        return "\(finding.code.rawValue) \(id) \(column)\(row)"
    }

    private func store(_ rows: [String: [[String]]]) -> RowStore {
        var store = RowStore(formats: ["General"])
        for (index, sheet) in definition.sheets.enumerated() {
            guard let rows = rows[sheet.id] else { continue }
            let fields = sheet.fields.enumerated().map { position, field in
                StoredColumn(
                    role: .field(position), title: field.title.text(in: "en"), columnIndex: position
                )
            }
            let action = StoredColumn(role: .action, title: "Action", columnIndex: fields.count)
            var stored = SheetStore(
                definitionIndex: index, name: sheet.title.text(in: "en"), headerRowNumber: 1,
                fieldCount: fields.count, columns: fields + [action])
            for (row, values) in rows.enumerated() {
                stored.appendRow(number: UInt32(row + 2), isHidden: false)
                for (position, value) in values.enumerated() {
                    let isAction = value.hasPrefix("@")
                    let cell = Cell(isAction ? String(value.dropFirst()) : value)
                    stored.set(
                        cell.stored(&store), row: row, column: isAction ? fields.count : position)
                }
            }
            store.sheets.append(stored)
        }
        return store
    }

    private func records(_ known: [String: [[String]]]) -> KnownRecords {
        var records = KnownRecords()
        for sheet in definition.sheets {
            for values in known[sheet.id] ?? [] {
                let rest = Array(
                    repeating: nil as String?, count: sheet.fields.count - values.count)
                records.add(
                    KnownRecord(values: values.map(Optional.some) + rest, origin: "known.csv"),
                    of: sheet)
            }
        }
        return records
    }
}

extension ValidationPlan {
    fileprivate func judged(_ store: RowStore) -> Verdicts {
        Verdicts(
            findings: [], details: [], states: [], actions: [], changes: [:], replacements: [])
    }
}
