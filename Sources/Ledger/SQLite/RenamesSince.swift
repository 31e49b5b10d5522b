import GRDB
import Portals
import Validation

/// What records are called by now that had other names when something was changed: values that are
/// given back must not say what nothing is called any more.
struct RenamesSince {
    private let database: Database
    private let records: RecordWriter

    init(_ database: Database, _ records: RecordWriter) {
        self.database = database
        self.records = records
    }

    /// The values of a record once a change of it is taken back, with the names of today.
    ///
    /// - Parameter before: by field, what the change took away; nil for what it left alone.
    /// - Complexity: O(later changes) for each reference that is given back.
    func values(
        of record: StoredRecord, before: [String?], change: Int64
    ) throws -> [String?] {
        var values = zip(before, record.values).map { $0 ?? $1 }
        for naming in records.indexes.namings[record.sheet]
        where naming.said.fields.contains(where: { before[$0] != nil }) {
            let said = KnownRecord(values: values, origin: "")
            guard let key = naming.said.key(of: said) else { continue }
            for target in naming.of {
                guard
                    let names = try names(of: target, called: key, change: change, record)
                else { continue }
                for (field, name) in zip(naming.said.fields, names) { values[field] = name }
                break
            }
        }
        return values
    }

    /// What the record is called by now that was renamed first, since a change, from some name.
    private func names(
        of target: RecordIndex, called key: [UInt8], change: Int64, _ record: StoredRecord
    ) throws -> [String]? {
        let renames = try Row.fetchCursor(
            database,
            sql: """
                SELECT uid, changes.field_values FROM changes
                JOIN records ON records.id = changes.record
                WHERE changes.id > ? AND changes.sheet = ? AND kind = ? AND changes.state = 0
                AND records.state = 0 AND scope = (SELECT scope FROM records WHERE id = ?)
                ORDER BY changes.id
                """,
            arguments: [
                change, records.definition.sheets[target.sheet].id,
                RecordChange.Kind.updated.rawValue, record.id,
            ])
        while let rename = try renames.next() {
            let line: String = rename[1]
            let before = records.values(Array(line.utf8), ofSheet: target.sheet)
            guard target.fields.contains(where: { before[$0] != nil }),
                let renamed = try records.record(uid: rename[0])
            else { continue }
            let former = KnownRecord(
                values: zip(before, renamed.values).map { $0 ?? $1 }, origin: "")
            if target.key(of: former) == key {
                return target.fields.compactMap { renamed.values[$0] }
            }
        }
        return nil
    }
}
