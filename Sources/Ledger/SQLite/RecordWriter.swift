import GRDB
import Portals
import Validation

/// How a record stands.
enum RecordState: Int {
    case known, refused, undone, deleted
}

/// A record as it is stored.
struct StoredRecord {
    let id: Int64
    let uid: String
    /// The sheet's index in the Definition.
    let sheet: Int
    let state: RecordState
    let values: [String?]
    /// What changed it last.
    let changed: Int64
    /// What made it.
    let attempt: Int64
    let origin: WorkbookRow
}

/// Writes records of a scope, and keeps what they are looked up by beside them.
struct RecordWriter {
    let database: Database
    let scope: Int64
    let definition: Definition
    let indexes: RecordIndexes
    private let kept: [[RecordIndex]]
    let fields: [[String]]
    /// The same, empty for those that nothing is looked up by.
    private let lookedUp: [FieldNames]
    private let insertion: RawStatement
    private let addition: RawStatement
    private let removal: RawStatement
    private let update: RawStatement
    private let selection: RawStatement
    private let following: RawStatement
    private let learning: RawStatement
    let remembering: RawStatement
    private let followed = FollowedRecords()

    /// What a stored record is made of.
    private static let columns = """
        records.id, uid, records.sheet, state, field_values, changed, attempt, row,
        coalesce(row_sheet, records.sheet)
        """

    init(_ database: Database, _ scope: Int64, _ plan: ValidationPlan) throws {
        try self.init(database, scope, plan.definition, plan.recordIndexes)
    }

    init(
        _ database: Database, _ scope: Int64, _ definition: Definition, _ indexes: RecordIndexes
    ) throws {
        self.database = database
        self.scope = scope
        self.definition = definition
        self.indexes = indexes
        fields = definition.sheets.map { $0.fields.map(\.id) }
        let kept = indexes.kept
        self.kept = kept
        lookedUp = zip(definition.sheets, kept).map { sheet, indexes in
            let wanted = Set(indexes.flatMap(\.fields))
            return FieldNames(sheet.fields.enumerated().map { wanted.contains($0) ? $1.id : "" })
        }
        insertion = try RawStatement(
            database,
            """
            INSERT INTO records
                (scope, sheet, uid, state, field_values, attempt, row, changed, changed_row,
                row_sheet, knows_links)
            VALUES (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?)
            """)
        addition = try RawStatement(
            database,
            """
            INSERT OR IGNORE INTO lookups (scope, sheet, name, value, record)
            VALUES (?, ?, ?, ?, ?)
            """
        )
        removal = try RawStatement(
            database,
            """
            DELETE FROM lookups
            WHERE scope = ? AND sheet = ? AND name = ? AND value = ? AND record = ?
            """
        )
        update = try RawStatement(
            database,
            """
            UPDATE records
            SET state = ?, field_values = ?, changed = ?, changed_row = ?, version = version + 1
            WHERE id = ?
            """)
        following = try RawStatement(
            database,
            "UPDATE records SET field_values = ?, version = version + 1 WHERE id = ?")
        selection = try RawStatement(
            database,
            """
            SELECT \(Self.columns) FROM records WHERE uid = ? AND scope = ?
            """)
        learning = try RawStatement(
            database,
            """
            UPDATE records SET knows_links = 1, version = version + 1
            WHERE id = ? AND knows_links = 0
            """)
        remembering = try RawStatement(
            database,
            """
            INSERT INTO changes (record, attempt, sheet, row, kind, field_values, step)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
    }

    func sheetIndex(_ id: String) -> Int? { definition.sheets.firstIndex { $0.id == id } }

    func values(_ line: some Collection<UInt8>, ofSheet sheet: Int) -> [String?] {
        FieldLine.values(line, of: fields[sheet])
    }

    func line(_ values: [String?], ofSheet sheet: Int) -> [UInt8] {
        FieldLine.bytes(values, of: fields[sheet])
    }

    /// - Parameters:
    ///   - origin: the row of the workbook.
    ///   - isNew: made by it, so that all its links are known; else it was there before.
    /// - Returns: its row id.
    @discardableResult
    func insert(
        _ values: [String?], sheet: Int, attempt: Int64, origin: WorkbookRow, isNew: Bool
    ) throws -> Int64 {
        let line = FieldLine.bytes(values, of: fields[sheet])
        return try insert(line[...], sheet: sheet, attempt: attempt, origin: origin, isNew: isNew)
    }

    /// - Parameter line: the values as they are stored.
    @discardableResult
    func insert(
        _ line: ArraySlice<UInt8>, sheet: Int, attempt: Int64, origin: WorkbookRow, isNew: Bool
    ) throws -> Int64 {
        let row = origin.number
        insertion.bind(1, scope)
        insertion.bind(2, text: definition.sheets[sheet].id)
        insertion.bind(3, text: RecordID.random())
        insertion.bind(4, utf8: line)
        insertion.bind(5, attempt)
        insertion.bind(6, row)
        insertion.bind(7, attempt)
        insertion.bind(8, row)
        if origin.sheet == definition.sheets[sheet].id {
            insertion.bindNull(9)
        } else {
            insertion.bind(9, text: origin.sheet)
        }
        insertion.bind(10, isNew ? 1 : 0)
        try insertion.run()
        let record = database.lastInsertedRowID
        let values = line.withUnsafeBufferPointer { FieldLine.values($0, of: lookedUp[sheet]) }
        try addLookups(values, sheet, record: record)
        return record
    }

    /// Says that from now on all links of a record are known.
    func learnLinks(of record: Int64) throws {
        learning.bind(1, record)
        try learning.run()
    }

    /// Gives a record other values, or another state. Only what is known can be looked up, and only
    /// of that a new name is said by those that said the former one.
    func change(
        _ record: StoredRecord, to values: [String?], state: RecordState = .known, attempt: Int64,
        row: Int
    ) throws {
        if record.state == .known {
            try removeLookups(KnownValues(record.values), record.sheet, record.id)
        }
        update.bind(1, state.rawValue)
        update.bind(2, utf8: FieldLine.bytes(values, of: fields[record.sheet])[...])
        update.bind(3, attempt)
        update.bind(4, row)
        update.bind(5, record.id)
        try update.run()
        guard state == .known else { return }
        try addLookups(KnownValues(values), record.sheet, record: record.id)
        if record.state == .known { try carryAlong(record, to: values) }
    }

    /// Has those that say a record's name say its new one, and so on with what is called otherwise
    /// by that. They are not changed for it: nothing is done about them at the portal.
    ///
    /// - Complexity: O(those), found by their indexes.
    private func carryAlong(_ record: StoredRecord, to values: [String?]) throws {
        let followers = indexes.followers(
            of: KnownRecord(record.values), renamedTo: KnownRecord(values), ofSheet: record.sheet)
        for group in followers {
            if try group.others.contains(where: { try !records($0, group.key).isEmpty }) {
                continue
            }
            for follower in try records(group.index, group.key)
            where followed.take(follower.id, group.index, of: record.id) {
                var values = follower.values
                for (field, name) in zip(group.index.fields, group.names) { values[field] = name }
                try removeLookups(KnownValues(follower.values), follower.sheet, follower.id)
                following.bind(1, utf8: FieldLine.bytes(values, of: fields[follower.sheet])[...])
                following.bind(2, follower.id)
                try following.run()
                try addLookups(KnownValues(values), follower.sheet, record: follower.id)
                try carryAlong(follower, to: values)
            }
        }
    }

    func record(uid: String) throws -> StoredRecord? {
        selection.bind(1, text: uid)
        selection.bind(2, scope)
        var record: StoredRecord?
        try selection.forEachRow { record = stored($0) }
        return record
    }

    /// The known records of some lookup.
    func records(_ index: RecordIndex, _ key: [UInt8]) throws -> [StoredRecord] {
        let lookup = try RawStatement(
            database,
            """
            SELECT \(Self.columns)
            FROM lookups JOIN records ON records.id = lookups.record
            WHERE lookups.scope = ? AND lookups.sheet = ? AND name = ? AND value = ?
            """)
        lookup.bind(1, scope)
        lookup.bind(2, text: definition.sheets[index.sheet].id)
        lookup.bind(3, text: index.name)
        lookup.bind(4, blob: key)
        var records: [StoredRecord] = []
        try lookup.forEachRow { row in
            if let record = stored(row) { records.append(record) }
        }
        return records
    }

    /// The records in a state that an attempt made.
    func records(
        madeBy attempt: Int64, sheet: String, in state: RecordState = .known
    ) throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        let condition = "state = \(state.rawValue) AND attempt = ?"
        try forEachRecord(ofSheet: sheet, condition, attempt) { records.append($0) }
        return records
    }

    /// Hands out the records that are not known any more.
    func forEachRecordGone(sheet: String, _ body: (StoredRecord) throws -> Void) throws {
        try forEachRecord(ofSheet: sheet, "state <> 0 AND attempt >= ?", 0, body)
    }

    /// Hands out the known records that an attempt or a later one made.
    func forEachRecord(
        madeSince attempt: Int64, sheet: String, _ body: (StoredRecord) throws -> Void
    ) throws {
        try forEachRecord(ofSheet: sheet, "state = 0 AND attempt >= ?", attempt, body)
    }

    private func forEachRecord(
        ofSheet sheet: String, _ condition: String, _ attempt: Int64,
        _ body: (StoredRecord) throws -> Void
    ) throws {
        let made = try RawStatement(
            database,
            """
            SELECT \(Self.columns) FROM records
            WHERE scope = ? AND sheet = ? AND \(condition)
            """)
        made.bind(1, scope)
        made.bind(2, text: sheet)
        made.bind(3, attempt)
        try made.forEachRow { row in
            if let record = stored(row) { try body(record) }
        }
    }

    private func stored(_ row: RawStatement) -> StoredRecord? {
        guard let sheet = sheetIndex(row.text(2)),
            let state = RecordState(rawValue: Int(row.integer(3)))
        else { return nil }
        return StoredRecord(
            id: row.integer(0), uid: row.text(1), sheet: sheet, state: state,
            values: FieldLine.values(row.bytes(4), of: fields[sheet]), changed: row.integer(5),
            attempt: row.integer(6),
            origin: WorkbookRow(sheet: row.text(8), number: Int(row.integer(7))))
    }

    // MARK: - Lookups

    private func addLookups(_ values: KnownValues, _ sheet: Int, record: Int64) throws {
        try forEachLookup(values, sheet, record, addition)
    }

    private func removeLookups(_ values: KnownValues, _ sheet: Int, _ record: Int64) throws {
        try forEachLookup(values, sheet, record, removal)
    }

    private func forEachLookup(
        _ values: KnownValues, _ sheet: Int, _ record: Int64, _ statement: RawStatement
    ) throws {
        let known = KnownRecord(values: values, origin: "", row: nil, id: nil)
        for index in kept[sheet] {
            guard let key = index.key(of: known) else { continue }
            statement.bind(1, scope)
            statement.bind(2, text: definition.sheets[sheet].id)
            statement.bind(3, text: index.name)
            statement.bind(4, blob: key)
            statement.bind(5, record)
            try statement.run()
        }
    }

    /// Another version of the Definition may look records up by something else.
    func makeLookupsAnew() throws {
        try database.execute(sql: "DELETE FROM lookups WHERE scope = ?", arguments: [scope])
        var records: [StoredRecord] = []
        let all = try RawStatement(
            database,
            """
            SELECT \(Self.columns) FROM records WHERE scope = ? AND state = 0
            """)
        all.bind(1, scope)
        try all.forEachRow { row in
            if let record = stored(row) { records.append(record) }
        }
        for record in records {
            try addLookups(KnownValues(record.values), record.sheet, record: record.id)
        }
    }
}

/// Which records said another name together with which other one, so that of two that change names
/// each keeps its own.
private final class FollowedRecords {
    private struct Follower: Hashable {
        let record: Int64
        let index: String
    }

    private var leaders: [Follower: Int64] = [:]

    /// - Returns: false for one that has followed another record to its name.
    func take(_ follower: Int64, _ index: RecordIndex, of leader: Int64) -> Bool {
        let follower = Follower(record: follower, index: index.name)
        if let other = leaders[follower], other != leader { return false }
        leaders[follower] = leader
        return true
    }
}

extension KnownRecord {
    fileprivate init(_ values: [String?]) {
        self.init(values: KnownValues(values), origin: "", row: nil, id: nil)
    }
}
