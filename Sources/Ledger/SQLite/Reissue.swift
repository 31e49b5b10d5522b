import GRDB
import Portals
import Validation

/// Calls off rows of an upload's earlier tries whose steps are all ready, so that another try can
/// issue them again.
struct Reissue {
    private let database: Database
    private let records: RecordWriter
    private let tries: [(attempt: AttemptEntry, files: KeptFiles)]
    /// Of whoever insists on it.
    private let stamp: Stamp

    init(
        _ database: Database, _ scope: Scope, _ definition: Definition, _ indexes: RecordIndexes,
        _ tries: [(AttemptEntry, KeptFiles)], by stamp: Stamp
    ) throws {
        self.database = database
        records = try RecordWriter(database, scope.id, definition, indexes)
        self.tries = tries
        self.stamp = stamp
    }

    /// - Parameters:
    ///   - wanted: the rows that are issued again.
    ///   - note: what stands beside the steps from then on.
    func callOff(_ wanted: RowNames, note: String) throws {
        for (attempt, files) in tries {
            let ready = try readyRows(attempt.row)
            var rows: Set<WorkbookRow> = []
            do {
                try files.forEachRow { kept in
                    let row = WorkbookRow(sheet: kept.sheet, number: kept.rowNumber)
                    guard kept.isAccepted, ready.contains(row),
                        wanted.contains(kept.key, ofSheet: kept.sheet)
                    else { return }
                    rows.insert(row)
                }
            } catch let error as LedgerError where error.problem == .unreadable {
                // Its files are gone, and with them what its rows were.
                continue
            }
            if rows.isEmpty { continue }
            let reversal = try Reversal(database, records, attempt: attempt.row)
            for row in reversal.lastFirst(rows) {
                try reversal.takeBack(row)
                try callOff("sheet = ? AND row = ?", [row.sheet, row.number], attempt.row, note)
            }
            // What is done once was to be done for these.
            if try openRowCount(attempt.row) == 0 {
                for step in try readyOnceSteps(attempt.row) { try reversal.takeBack(step) }
                try callOff("sheet = ''", [], attempt.row, note)
            }
        }
    }

    /// Rows with steps, all of which are ready.
    private func readyRows(_ attempt: Int64) throws -> Set<WorkbookRow> {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT sheet, row FROM operations WHERE attempt = ? AND sheet <> ''
                GROUP BY sheet, row HAVING max(state) = \(OperationState.ready.rawValue)
                """, arguments: [attempt])
        return Set(rows.map { WorkbookRow(sheet: $0[0], number: $0[1]) })
    }

    private func readyOnceSteps(_ attempt: Int64) throws -> [WorkbookRow] {
        try Int.fetchAll(
            database,
            sql: """
                SELECT sequence FROM operations WHERE attempt = ? AND sheet = ''
                AND state = \(OperationState.ready.rawValue)
                """, arguments: [attempt]
        ).map(WorkbookRow.init(once:))
    }

    private func openRowCount(_ attempt: Int64) throws -> Int {
        try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM operations WHERE attempt = ? AND sheet <> ''
                AND state NOT IN \(OperationState.givenBack)
                """, arguments: [attempt]) ?? 0
    }

    private func callOff(
        _ condition: String, _ arguments: StatementArguments, _ attempt: Int64, _ note: String
    ) throws {
        try database.execute(
            sql: """
                UPDATE operations SET state = ?, note = ?, actor = ?, recorded = ?
                WHERE attempt = ? AND state = \(OperationState.ready.rawValue) AND \(condition)
                """,
            arguments: [
                OperationState.takenBack.rawValue, note, stamp.actor, stamp.time, attempt,
            ] + arguments)
    }
}
