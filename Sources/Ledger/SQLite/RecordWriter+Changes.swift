import GRDB
import Portals
import Validation

// What became of records by whom, so that it can be taken back.
extension RecordWriter {
    /// Remembers what a change took away.
    ///
    /// - Parameter row: what did it, maybe on another sheet than the record's.
    func remember(
        _ before: [String?], of record: StoredRecord, kind: RecordChange.Kind, attempt: Int64,
        row: WorkbookRow
    ) throws {
        try remember(
            before, ofRecord: record.id, sheet: record.sheet, kind, attempt: attempt, row: row)
    }

    /// - Parameter step: what is done once by which it comes about; nil: steps of its row.
    func remember(
        _ before: [String?], ofRecord record: Int64, sheet: Int, _ kind: RecordChange.Kind,
        attempt: Int64, row: WorkbookRow, step: Int? = nil
    ) throws {
        remembering.bind(1, record)
        remembering.bind(2, attempt)
        remembering.bind(3, text: row.sheet)
        remembering.bind(4, row.number)
        remembering.bind(5, kind.rawValue)
        remembering.bind(6, utf8: FieldLine.bytes(before, of: fields[sheet])[...])
        if let step { remembering.bind(7, step) } else { remembering.bindNull(7) }
        try remembering.run()
    }

    /// Says that what stands of later uploads changed a record last.
    func markChangedSince(_ record: Int64) throws {
        try database.execute(
            sql: """
                UPDATE records SET changed = later.attempt, changed_row = later.row FROM (
                    SELECT attempt, row FROM changes WHERE record = ?1 AND state = 0
                    ORDER BY attempt DESC, id DESC LIMIT 1
                ) AS later WHERE id = ?1 AND changed < later.attempt
                """, arguments: [record])
    }

    /// Says that a row changed a record last, unless a later upload did.
    func mark(_ record: StoredRecord, changedBy place: AttemptRow) throws {
        try database.execute(
            sql: "UPDATE records SET changed = ?1, changed_row = ?2 WHERE id = ?3 AND changed < ?1",
            arguments: [place.attempt, place.row.number, record.id])
    }

    /// Hands out the known records of a sheet that an attempt or a later one changed, each with
    /// what it said before and the row that changed it. What is done once is not among them.
    func forEachChange(
        since attempt: Int64, sheet: Int,
        _ body: (_ now: KnownRecord, _ before: KnownRecord, AttemptRow) throws -> Void
    ) throws {
        let changes = try Row.fetchCursor(
            database,
            sql: """
                SELECT records.uid, changes.field_values, changes.attempt, changes.sheet,
                    changes.row
                FROM changes JOIN records ON records.id = changes.record
                WHERE changes.attempt >= ? AND changes.state = 0 AND changes.kind = ?
                    AND changes.step IS NULL
                    AND records.scope = ? AND records.sheet = ? AND records.state = 0
                """,
            arguments: [
                attempt, RecordChange.Kind.updated.rawValue, scope, definition.sheets[sheet].id,
            ])
        while let change = try changes.next() {
            let (line, place): (String, _) = (
                change[1],
                AttemptRow(
                    attempt: change[2], row: WorkbookRow(sheet: change[3], number: change[4]))
            )
            guard let record = try self.record(uid: change[0]) else { continue }
            let taken = values(Array(line.utf8), ofSheet: sheet)
            let before = zip(taken, record.values).map { $0 == nil ? $1 : $0 }
            try body(
                record.known, KnownRecord(values: before, origin: ""), place)
        }
    }
}
