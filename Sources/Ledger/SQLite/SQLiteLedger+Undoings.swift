import GRDB
package import Portals

extension SQLiteLedger {
    package func add(
        _ undoing: Undoing, byHand: [RecordChange], _ definition: Definition,
        in scope: LedgerScope
    ) throws {
        try write { database in
            let row = { (id: UploadID) in
                try self.attempt(id, of: scope.reseller, database).row
            }
            try database.execute(
                sql: """
                    INSERT INTO undoings (attempt, counter, count, note, actor, time)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    row(undoing.upload), undoing.counter.map(row), undoing.count, undoing.note,
                    undoing.stamp.actor, undoing.stamp.time,
                ])
            let id = database.lastInsertedRowID
            for change in byHand {
                let fields = definition.sheets[change.sheet].fields
                let before = FieldLine.bytes(
                    fields.indices.map { change.before[$0] }, of: fields.map(\.id))
                try database.execute(
                    sql: """
                        INSERT OR IGNORE INTO remainders (undoing, record, kind, before)
                        SELECT ?, id, ?, ? FROM records WHERE uid = ?
                        """,
                    arguments: [
                        id, change.kind.rawValue, String(decoding: before, as: UTF8.self),
                        change.id,
                    ])
            }
            try log(
                "undo", "\(undoing.upload)", outcome: "steps=\(undoing.count)", scope,
                undoing.stamp, database)
        }
    }

    package func undoings(of id: UploadID, of reseller: String) throws -> [Undoing] {
        try read { database in
            let attempt = try attempt(id, of: reseller, database).row
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT undoings.id AS id, undone.number AS number, undone.attempt AS attempt,
                        counter.number AS counter_number, counter.attempt AS counter_attempt,
                        count, note, undoings.actor AS actor, undoings.time AS time
                    FROM undoings JOIN attempts AS undone ON undone.id = undoings.attempt
                    LEFT JOIN attempts AS counter ON counter.id = undoings.counter
                    WHERE undoings.attempt = ?1 OR undoings.counter = ?1 ORDER BY undoings.id
                    """, arguments: [attempt]
            ).map { row in
                let number: Int? = row["counter_number"]
                var undoing = Undoing(
                    of: UploadID(number: row["number"], attempt: row["attempt"]),
                    counter: number.map {
                        UploadID(number: $0, attempt: row["counter_attempt"])
                    }, count: row["count"], note: row["note"],
                    by: Stamp(actor: row["actor"], time: row["time"]))
                undoing.remainders = try remainders(ofUndoing: row["id"], database)
                return undoing
            }
        }
    }

    private func remainders(
        ofUndoing undoing: Int64, _ database: Database
    ) throws -> [Remainder] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT uid, sheet, field_values, kind, before, actor, time
                FROM remainders JOIN records ON records.id = remainders.record
                WHERE undoing = ? ORDER BY sheet, records.id
                """, arguments: [undoing]
        ).map { row in
            let kind: Int? = row["kind"]
            let (actor, time): (String?, String?) = (row["actor"], row["time"])
            return Remainder(
                record: row["uid"], sheet: row["sheet"],
                values: FieldLine.texts(row["field_values"]),
                kind: kind.flatMap(RecordChange.Kind.init), before: FieldLine.texts(row["before"]),
                stamp: actor.flatMap { actor in time.map { Stamp(actor: actor, time: $0) } })
        }
    }

    package func settle(
        byHand records: [String], isDone: Bool, of id: UploadID, of reseller: String,
        by stamp: Stamp
    ) throws -> Int {
        try write { database in
            let attempt = try attempt(id, of: reseller, database)
            var count = 0
            for record in records {
                try database.execute(
                    sql: """
                        UPDATE remainders SET actor = ?1, time = ?2
                        WHERE record = (SELECT id FROM records WHERE uid = ?3)
                        AND undoing IN (
                            SELECT id FROM undoings WHERE attempt = ?4 OR counter = ?4)
                        AND (actor IS NULL) = (?1 IS NOT NULL)
                        """,
                    arguments: [
                        isDone ? stamp.actor : nil, isDone ? stamp.time : nil, record,
                        attempt.row,
                    ])
                count += database.changesCount
            }
            if count == 0 { return 0 }
            let scope = LedgerScope(reseller: reseller, portal: attempt.portal)
            try log(
                "by_hand", "\(id)", outcome: isDone ? "done=\(count)" : "open=\(count)", scope,
                stamp, database)
            return count
        }
    }
}
