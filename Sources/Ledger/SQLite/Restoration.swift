import GRDB
import Portals
import Validation

/// Brings back what rows of an attempt did to records before somebody said that the portal refused
/// them.
///
/// It stays given back where something else has taken its place since, or where what it rests on is
/// not there. What rests on it is brought back by rows of its own.
final class Restoration {
    private enum Deed {
        case made(StoredRecord)
        case changed(id: Int64, record: String, RecordChange.Kind, ChangeState, values: [UInt8])
    }

    /// What a record is found by.
    private struct Name: Hashable {
        let sheet: Int
        let index: String
        let key: [UInt8]

        init(_ index: RecordIndex, _ key: [UInt8]) {
            (sheet, self.index, self.key) = (index.sheet, index.name, key)
        }
    }

    private let database: Database
    private let records: RecordWriter
    private let attempt: Int64
    /// What records were found by that are not known any more.
    private var namesGone: Set<Name>?
    /// What later rows refer to.
    private var namesUsedSince: Set<Name>?

    init(
        _ database: Database, _ scope: Int64, _ plan: ValidationPlan, attempt: Int64
    ) throws {
        self.database = database
        self.attempt = attempt
        records = try RecordWriter(database, scope, plan)
    }

    /// - Returns: the rows that can't be brought back.
    func bringBack(_ rows: Set<WorkbookRow>) throws -> [WorkbookRow] {
        var waiting = try deeds(of: rows)
        // Each round brings back what rests on the one before.
        while !waiting.isEmpty {
            let left = try waiting.filter { try !redo($0.deed, $0.row) }
            if left.count == waiting.count { break }
            waiting = left
        }
        return waiting.map(\.row)
    }

    private func deeds(of rows: Set<WorkbookRow>) throws -> [(row: WorkbookRow, deed: Deed)] {
        var deeds: [(row: WorkbookRow, deed: Deed)] = []
        for sheet in records.definition.sheets {
            let made = try records.records(madeBy: attempt, sheet: sheet.id, in: .refused)
            for record in made.sorted(by: { $0.origin.number < $1.origin.number })
            where rows.contains(record.origin) { deeds.append((record.origin, .made(record))) }
        }
        let changes = try Row.fetchAll(
            database,
            sql: """
                SELECT changes.id, uid, kind, changes.state, changes.field_values, changes.sheet,
                    changes.row
                FROM changes JOIN records ON records.id = changes.record
                WHERE changes.attempt = ? AND changes.state <> 0 ORDER BY changes.id
                """, arguments: [attempt])
        for change in changes {
            let row = WorkbookRow(sheet: change[5], number: change[6])
            guard rows.contains(row), let kind = RecordChange.Kind(rawValue: change[2]),
                let state = ChangeState(rawValue: change[3])
            else { continue }
            let values: String = change[4]
            deeds.append(
                (
                    row,
                    .changed(
                        id: change[0], record: change[1], kind, state, values: Array(values.utf8))
                ))
        }
        return deeds
    }

    /// - Returns: false where it can't be, by now.
    private func redo(_ deed: Deed, _ row: WorkbookRow) throws -> Bool {
        switch deed {
        case .made(let record):
            guard try isFree(record, record.values), try standsOnFirmGround(record) else {
                return false
            }
            try records.change(record, to: record.values, attempt: attempt, row: row.number)
            return true
        case .changed(let id, _, _, .leftAlone, let values):
            try settle(id, values)
            return true
        case .changed(let id, let uid, let kind, .takenBack, let values):
            guard let record = try records.record(uid: uid), record.state == .known,
                record.changed == attempt
            else { return false }
            guard let before = try redo(kind, record, values, row) else { return false }
            try settle(id, before)
            return true
        case .changed: return false
        }
    }

    /// - Returns: what the record said before; nil where it can't be done.
    private func redo(
        _ kind: RecordChange.Kind, _ record: StoredRecord, _ line: [UInt8], _ row: WorkbookRow
    ) throws -> [UInt8]? {
        if kind == .deleted || kind == .dropped {
            guard try !isUsedSince(record) else { return nil }
            try records.change(
                record, to: record.values, state: .deleted, attempt: attempt, row: row.number)
            return line
        }
        let values = records.values(line, ofSheet: record.sheet)
        let now = zip(values, record.values).map { $0 ?? $1 }
        guard try isFree(record, now) else { return nil }
        try records.change(record, to: now, attempt: attempt, row: row.number)
        return records.line(
            zip(values, record.values).map { $0 == nil ? nil : $1 ?? "" }, ofSheet: record.sheet)
    }

    private func settle(_ change: Int64, _ values: [UInt8]) throws {
        try database.execute(
            sql: "UPDATE changes SET state = 0, field_values = ? WHERE id = ?",
            arguments: [String(decoding: values, as: UTF8.self), change])
    }

    // MARK: - Whether it can be

    /// Whether nobody else is called so: by the key at no time, by anything else since.
    private func isFree(_ record: StoredRecord, _ values: [String?]) throws -> Bool {
        let known = KnownRecord(values: KnownValues(values), origin: "", row: nil, id: nil)
        let indexes = records.indexes.ofSheets[record.sheet]
        // Those with a mark in their name find what refers to something: many may.
        for (position, index) in indexes.enumerated() where !index.name.contains(">") {
            guard let key = index.key(of: known) else { continue }
            let sheets = position == 0 ? sheetsOfEntity(record.sheet) : [index]
            for other in try sheets.flatMap({ try records.records($0, key) })
            where other.id != record.id && (position == 0 || other.changed > attempt) {
                return false
            }
        }
        return true
    }

    /// The keys of all sheets with records of the same kind.
    private func sheetsOfEntity(_ sheet: Int) -> [RecordIndex] {
        let sheets = records.definition.sheets
        return sheets.indices.filter { sheets[$0].entity == sheets[sheet].entity }
            .compactMap { records.indexes.ofSheets[$0].first }
    }

    /// Whether what it refers to is there, or never was known.
    private func standsOnFirmGround(_ record: StoredRecord) throws -> Bool {
        let parents = records.indexes.grounds(
            of: record.known, ofSheet: record.sheet, in: records.definition)
        for (key, parents) in Dictionary(grouping: parents, by: \.key) {
            if try parents.contains(where: { try !records.records($0.index, key).isEmpty }) {
                continue
            }
            let gone = try namesOfRecordsGone()
            if parents.contains(where: { gone.contains(Name($0.index, key)) }) { return false }
        }
        return true
    }

    private func namesOfRecordsGone() throws -> Set<Name> {
        if let namesGone { return namesGone }
        var names: Set<Name> = []
        for (index, sheet) in records.definition.sheets.enumerated() {
            try records.forEachRecordGone(sheet: sheet.id) { record in
                for name in records.indexes.ofSheets[index] {
                    if let key = name.key(of: record.known) { names.insert(Name(name, key)) }
                }
            }
        }
        namesGone = names
        return names
    }

    /// Whether something that was accepted later refers to a record.
    private func isUsedSince(_ record: StoredRecord) throws -> Bool {
        let used = try namesOfRecordsUsedSince()
        return records.indexes.ofSheets[record.sheet].contains { index in
            index.key(of: record.known).map { used.contains(Name(index, $0)) } ?? false
        }
    }

    private func namesOfRecordsUsedSince() throws -> Set<Name> {
        if let namesUsedSince { return namesUsedSince }
        var names: Set<Name> = []
        for (index, sheet) in records.definition.sheets.enumerated() {
            try records.forEachRecord(madeSince: attempt + 1, sheet: sheet.id) { child in
                let grounds = records.indexes.grounds(
                    of: child.known, ofSheet: index, in: records.definition)
                for parent in grounds {
                    names.insert(Name(parent.index, parent.key))
                }
            }
        }
        namesUsedSince = names
        return names
    }
}
