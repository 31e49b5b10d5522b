import GRDB
import Portals
import Validation

/// How a change of a record stands.
enum ChangeState: Int {
    case standing
    /// Its values are what it had made of the record.
    case takenBack
    /// Taken back when something else had changed the record already.
    case leftAlone
    /// Taken back by an earlier Rowgate: nobody kept what it had made of the record.
    case forgotten
}

/// Takes back what rows of an attempt did to records.
struct Reversal {
    private struct Change {
        let id: Int64
        /// The row that asked for it.
        let origin: WorkbookRow
        let record: String
        let kind: RecordChange.Kind
        let before: [UInt8]
    }

    private let records: RecordWriter
    private let database: Database
    private let attempt: Int64
    private let made: [WorkbookRow: [StoredRecord]]
    /// With the row, or what is done once, by which each came about.
    private let changed: [(row: WorkbookRow, change: Change)]
    /// The same: whoever takes back many rows must not look through all for each.
    private let changesOfRows: [WorkbookRow: [Change]]

    init(
        _ database: Database, _ records: RecordWriter, attempt: Int64
    ) throws {
        self.database = database
        self.records = records
        self.attempt = attempt
        let made = try records.definition.sheets.flatMap { sheet in
            try records.records(madeBy: attempt, sheet: sheet.id)
        }
        self.made = Dictionary(grouping: made, by: \.origin)
        let changed = try Row.fetchAll(
            database,
            sql: """
                SELECT changes.id, uid, kind, changes.field_values, changes.sheet, changes.row, step
                FROM changes JOIN records ON records.id = changes.record
                WHERE changes.attempt = ? AND changes.state = 0 ORDER BY changes.id
                """, arguments: [attempt]
        ).compactMap { row -> (row: WorkbookRow, change: Change)? in
            guard let kind = RecordChange.Kind(rawValue: row[2]) else { return nil }
            let before: String = row[3]
            let origin = WorkbookRow(sheet: row[4], number: row[5])
            let step: Int? = row[6]
            return (
                step.map(WorkbookRow.init(once:)) ?? origin,
                Change(
                    id: row[0], origin: origin, record: row[1], kind: kind,
                    before: Array(before.utf8))
            )
        }
        self.changed = changed
        changesOfRows = Dictionary(grouping: changed, by: \.row).mapValues { $0.map(\.change) }
    }

    /// Rows in the order in which what they changed is taken back: what came last goes first, as
    /// the one before may have given other names to what it says.
    func lastFirst(_ rows: some Sequence<WorkbookRow>) -> [WorkbookRow] {
        rows.map { ($0, changesOfRows[$0]?.last?.id ?? 0) }
            .sorted { ($0.1, $0.0.number) > ($1.1, $1.0.number) }.map(\.0)
    }

    /// - Returns: the records that the row made.
    @discardableResult
    func takeBack(_ row: WorkbookRow) throws -> [StoredRecord] {
        // As they are by now: what is done once may have been taken back before.
        let made = try (made[row] ?? []).compactMap { try records.record(uid: $0.uid) }
        for record in made {
            try records.change(
                record, to: record.values, state: .refused, attempt: attempt, row: row.number)
        }
        var isLeftAlone = false
        for change in changesOfRows[row] ?? [] {
            // What was changed since keeps none of the links that went with the change.
            if try takeBack(change, keepsLinks: !isLeftAlone) == .leftAlone {
                isLeftAlone = true
            }
        }
        return made
    }

    /// The records that a row changed, as they are by now.
    func recordsChanged(by row: WorkbookRow) throws -> [StoredRecord] {
        try (changesOfRows[row] ?? []).compactMap { change in
            change.kind == .updated ? try records.record(uid: change.record) : nil
        }
    }

    private func takeBack(_ change: Change, keepsLinks: Bool) throws -> ChangeState {
        let row = change.origin
        guard let record = try records.record(uid: change.record) else { return .takenBack }
        let before = records.values(change.before, ofSheet: record.sheet)
        var (state, values) = (ChangeState.takenBack, change.before)
        switch change.kind {
        case .created: break
        case .dropped where try !keepsLinks || isThereAgain(record):
            state = .leftAlone
        case .deleted, .dropped:
            // With the names of today.
            let now = try RenamesSince(database, records).values(
                of: record, before: record.values, change: change.id)
            try records.change(record, to: now, state: .known, attempt: attempt, row: row.number)
        case .updated:
            let before = try unchangedSince(before, of: record)
            if before.allSatisfy({ $0 == nil }) {
                state = .leftAlone
                break
            }
            // Kept in the place of what was there before: a refusal can be taken back, too.
            values = records.line(
                zip(before, record.values).map { $0 == nil ? nil : $1 ?? "" },
                ofSheet: record.sheet)
            let former = try RenamesSince(database, records).values(
                of: record, before: before, change: change.id)
            try records.change(
                record, to: former, state: record.state, attempt: attempt, row: row.number)
            try records.markChangedSince(record.id)
        }
        try database.execute(
            sql: "UPDATE changes SET state = ?, field_values = ? WHERE id = ?",
            arguments: [state.rawValue, String(decoding: values, as: UTF8.self), change.id])
        return state
    }

    /// What a change took away, without the fields that something else has changed since: they stay
    /// as they are.
    private func unchangedSince(_ before: [String?], of record: StoredRecord) throws -> [String?] {
        let later = try laterChanges.fields(of: record, since: attempt)
        return before.enumerated().map { later.contains($0) ? nil : $1 }
    }

    private var laterChanges: LaterChanges { LaterChanges(database, records) }

    /// Whether something else has been linked so since.
    private func isThereAgain(_ record: StoredRecord) throws -> Bool {
        let index = records.indexes.ofSheets[record.sheet][0]
        return try index.key(of: record.known).map { try !records.records(index, $0).isEmpty }
            ?? false
    }

    /// All that the attempt did and that stands. A change comes in two where something else has
    /// changed a part of it since: that part, then the rest.
    func changes(_ done: Set<WorkbookRow>) throws -> [RecordChange] {
        let created = try made.values.joined().sorted { $0.id < $1.id }.map { record in
            RecordChange(
                kind: .created, sheet: record.sheet, rowSheet: record.origin.sheet,
                rowNumber: record.origin.number, id: record.uid, values: record.values,
                before: [:],
                isChangedSince: try laterChanges.touch(record, since: attempt),
                isDone: done.contains(record.origin), step: nil, ends: [])
        }
        let others = try changed.flatMap { row, change -> [RecordChange] in
            guard let record = try records.record(uid: change.record) else { return [] }
            let later = try laterChanges.fields(of: record, since: attempt)
            let ends = try ends(of: record)
            return parts(of: change, record, later).map { part in
                RecordChange(
                    kind: change.kind, sheet: record.sheet, rowSheet: change.origin.sheet,
                    rowNumber: change.origin.number, id: record.uid, values: record.values,
                    before: part.before, isChangedSince: part.isChangedSince,
                    isDone: done.contains(row), step: row.step, ends: ends)
            }
        }
        return created + others
    }

    /// - Parameter later: fields that something else has changed since.
    private func parts(
        of change: Change, _ record: StoredRecord, _ later: Set<Int>
    ) -> [(before: [Int: String], isChangedSince: Bool)] {
        var before: [Int: String] = [:]
        for (field, value) in records.values(change.before, ofSheet: record.sheet).enumerated() {
            before[field] = value
        }
        guard change.kind == .updated else { return [(before, !later.isEmpty)] }
        let parts = [true, false].map { isChangedSince in
            (before.filter { later.contains($0.key) == isChangedSince }, isChangedSince)
        }
        return parts.filter { !$0.0.isEmpty }
    }

    /// What a link joins; nil where an end is not there.
    private func ends(of link: StoredRecord) throws -> [String]? {
        var ids: [String] = []
        for end in records.indexes.ends where end.index.sheet == link.sheet {
            guard let key = end.index.key(of: link.known) else { continue }
            let found = try end.targets.flatMap { try records.records($0, key) }
            if found.isEmpty { return nil }
            ids += found.map(\.uid)
        }
        return ids
    }
}
