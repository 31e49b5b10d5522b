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
            renamed: [name]
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
            renamed: [name]
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
              - {id: inner, title: Inner, type: text,
                 rules: [{rule: absentFrom, sheet: rooms, by: [company, inner],
                          to: [company, name], in: [file, known]}]}
          - id: partners
            title: Partners
            entity: company
            key: [name]
            updatedByCreate: [status]
            fields:
              - {id: name, title: Name, type: text, rules: [{rule: required}]}
              - {id: status, title: Status, type: text}
              - {id: phone, title: Phone, type: text}
              - {id: owner, title: Owner, type: text}
            rules:
              - {rule: unique, fields: [owner], in: known}
          - id: answers
            title: Answers
            entity: answer
            key: [request, number]
            actions: [Accept, Decline]
            fields:
              - {id: request, title: Request, type: text, rules: [{rule: required}]}
              - {id: number, title: Number, type: text}
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
    ///   - rows: by sheet id; values in the order of the fields, `@Delete` for what a row asks, and
    ///     `#c1` for the id that it was exported with.
    ///   - known: records by sheet id; nil: nothing is known at all.
    func judge(
        _ rows: [String: [[String]]], known: [String: [[String]]]? = [:], threadCount: Int = 1
    ) throws -> (told: [String], verdicts: Verdicts) {
        let (told, values) = try values(rows, known: known, threadCount: threadCount)
        return (told, values.verdicts)
    }

    /// The same, with what the rows say then.
    func values(
        _ rows: [String: [[String]]], known: [String: [[String]]]? = [:], threadCount: Int = 1
    ) throws -> (told: [String], values: RecordValues) {
        let store = store(rows)
        guard let today = CivilDate(iso: "2026-01-31") else {
            return ([], RecordValues(store, plan.judged(store), of: definition))
        }
        let known = Known(
            settings: definition.settings, records: known.map(records), today: today)
        let verdicts = plan.judge(store, against: known, threadCount: threadCount)
        return (
            verdicts.findings.map { tell($0, store, verdicts) },
            RecordValues(store, verdicts, of: definition)
        )
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
            let id = StoredColumn(role: .id, title: "Rowgate ID", columnIndex: fields.count + 1)
            var stored = SheetStore(
                definitionIndex: index, name: sheet.title.text(in: "en"), headerRowNumber: 1,
                fieldCount: fields.count, columns: fields + [action, id])
            for (row, values) in rows.enumerated() {
                stored.appendRow(number: UInt32(row + 2), isHidden: false)
                for (position, value) in values.enumerated() {
                    let own = ["@": fields.count, "#": fields.count + 1][value.prefix(1)]
                    let cell = Cell(own == nil ? value : String(value.dropFirst()))
                    stored.set(cell.stored(&store), row: row, column: own ?? position)
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
                let own = values.filter { !$0.hasPrefix("#") }
                let rest = Array(
                    repeating: nil as String?, count: sheet.fields.count - own.count)
                let id = values.first { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
                records.add(
                    KnownRecord(values: own.map(Optional.some) + rest, origin: "known.csv", id: id),
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
