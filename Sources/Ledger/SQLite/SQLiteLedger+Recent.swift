import GRDB
import Portals
import Validation

extension SQLiteLedger {
    /// Steps of a portal's operations that uploads asked for lately, and that it does not take
    /// again yet.
    func recent(
        _ question: LedgerQuestion, _ scope: Scope, _ database: Database
    ) throws -> RecentSteps {
        var recent = RecentSteps()
        for operation in question.rows.definition.operations {
            guard let interval = operation.interval else { continue }
            let attempts = try attempts(
                database,
                """
                WHERE scopes.id = ? AND kind = 'upload' AND attempts.time > \(Self.shifted)
                """, [scope.id, question.time, "-\(interval.minutes) minutes"])
            for attempt in attempts {
                let end = try String.fetchOne(
                    database, sql: "SELECT \(Self.shifted)",
                    arguments: [attempt.stamp.time, "\(interval.minutes) minutes"])
                guard let end else { continue }
                try add(operation.id, of: attempt, until: end, to: &recent, database)
            }
        }
        return recent
    }

    /// A time so much later or earlier.
    private static let shifted = "strftime('%Y-%m-%dT%H:%M:%SZ', ?, ?)"

    /// What was refused or called off was never done.
    private func add(
        _ operation: String, of attempt: AttemptEntry, until end: String,
        to recent: inout RecentSteps, _ database: Database
    ) throws {
        let rows = try Set(
            Row.fetchAll(
                database,
                sql: """
                    SELECT sheet, row FROM operations
                    WHERE attempt = ? AND operation = ?
                    AND state NOT IN \(OperationState.givenBack)
                    """,
                arguments: [attempt.row, operation]
            ).map { WorkbookRow(sheet: $0[0], number: $0[1]) })
        if rows.isEmpty { return }
        do {
            try keptFiles(of: attempt).forEachRow { row in
                guard rows.contains(WorkbookRow(sheet: row.sheet, number: row.rowNumber)) else {
                    return
                }
                recent.add(operation: operation, key: row.key, until: end)
            }
        } catch let error as LedgerError where error.problem == .unreadable {
            // Its files are gone, and with them what its rows were.
            return
        }
    }
}
