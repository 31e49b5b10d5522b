import GRDB
import Portals
import Validation

/// What uploads made of a record after one of them had changed it, as far as that stands.
struct LaterChanges {
    private let database: Database
    private let records: RecordWriter

    init(_ database: Database, _ records: RecordWriter) {
        self.database = database
        self.records = records
    }

    /// Whether anything later changed a record.
    func touch(_ record: StoredRecord, since attempt: Int64) throws -> Bool {
        try !fields(of: record, since: attempt).isEmpty
    }

    /// Positions of the fields that later uploads changed; all of them where one took the record
    /// away.
    func fields(of record: StoredRecord, since attempt: Int64) throws -> Set<Int> {
        let changes = try RawStatement(
            database,
            """
            SELECT kind, field_values FROM changes
            WHERE record = ? AND attempt > ? AND state = \(ChangeState.standing.rawValue)
            """)
        changes.bind(1, record.id)
        changes.bind(2, attempt)
        var fields: Set<Int> = []
        try changes.forEachRow { change in
            if change.integer(0) == Int64(RecordChange.Kind.updated.rawValue) {
                let before = records.values(change.bytes(1), ofSheet: record.sheet)
                fields.formUnion(before.indices.filter { before[$0] != nil })
            } else {
                fields.formUnion(record.values.indices)
            }
        }
        return fields
    }
}
