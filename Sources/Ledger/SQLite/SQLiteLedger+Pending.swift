import GRDB
package import Validation

extension SQLiteLedger {
    package func pendingSteps(
        of ids: [String], in scope: LedgerScope
    ) throws -> PendingSteps {
        if ids.isEmpty { return PendingSteps() }
        return try read { database in
            var pending = PendingSteps()
            guard let own = try Scope(scope, in: database), try isAnyPending(own, database) else {
                return pending
            }
            let statement = try RawStatement(
                database, "\(Self.steps(of: "attempt")) UNION \(Self.steps(of: "changed"))")
            statement.bind(2, own.id)
            for id in ids {
                statement.bind(1, text: id)
                try statement.forEachRow { row in
                    pending.add(operation: row.text(0), name: row.text(1), of: id)
                }
            }
            return pending
        }
    }

    /// The steps of the row that made a record, or of the one that changed it last.
    ///
    /// - Parameter attempt: the column that names its upload.
    private static func steps(of attempt: String) -> String {
        """
        SELECT operation, name FROM records JOIN operations
        ON operations.attempt = records.\(attempt) AND operations.sheet = records.sheet
        AND operations.row = records.\(attempt == "changed" ? "changed_row" : "row")
        AND operations.state IN (0, 1, 4)
        WHERE uid = ?1 AND records.scope = ?2 AND records.state = 0
        """
    }

    private func isAnyPending(_ scope: Scope, _ database: Database) throws -> Bool {
        // Each by an index of its own.
        try ["IN (0, 1)", "= 4"].contains { state in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM attempts JOIN operations ON operations.attempt = attempts.id
                        WHERE scope = ? AND operations.state \(state))
                    """,
                arguments: [scope.id]) ?? false
        }
    }
}
