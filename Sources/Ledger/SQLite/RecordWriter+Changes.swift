import GRDB
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
}
