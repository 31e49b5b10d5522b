import GRDB

extension SQLiteLedger {
    package func add(_ undoing: Undoing, in scope: LedgerScope) throws {
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
                    SELECT undone.number AS number, undone.attempt AS attempt,
                        counter.number AS counter_number, counter.attempt AS counter_attempt,
                        count, note, undoings.actor AS actor, undoings.time AS time
                    FROM undoings JOIN attempts AS undone ON undone.id = undoings.attempt
                    LEFT JOIN attempts AS counter ON counter.id = undoings.counter
                    WHERE undoings.attempt = ?1 OR undoings.counter = ?1 ORDER BY undoings.id
                    """, arguments: [attempt]
            ).map { row in
                let number: Int? = row["counter_number"]
                return Undoing(
                    of: UploadID(number: row["number"], attempt: row["attempt"]),
                    counter: number.map {
                        UploadID(number: $0, attempt: row["counter_attempt"])
                    }, count: row["count"], note: row["note"],
                    by: Stamp(actor: row["actor"], time: row["time"]))
            }
        }
    }
}
