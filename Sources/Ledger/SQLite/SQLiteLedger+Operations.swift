import GRDB
import Portals
package import Validation

extension SQLiteLedger {
    package func move(
        _ verdicts: [Int: OperationVerdict], of id: UploadID, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp
    ) throws -> [OperationEntry] {
        try write { database in
            let attempt = try attempt(id, of: scope.reseller, database)
            let own = try Scope.make(scope, plan, in: database)
            let operations = try operations(ofAttempt: attempt.row, database)
            try MoveWriter(database, attempt.row, own, plan, stamp).apply(verdicts, operations)
            let before = Dictionary(uniqueKeysWithValues: operations.map { ($0.sequence, $0) })
            let moved = try self.operations(ofAttempt: attempt.row, database).filter {
                $0 != before[$0.sequence]
            }
            // Who takes an upload back is told of in one line, with all that comes of it.
            if verdicts.values.contains(where: { $0.state == .takenBack }) { return moved }
            let again = moved.filter {
                before[$0.sequence]?.state.isGivenBack == true && !$0.state.isGivenBack
                    && verdicts[$0.sequence].map { $0.state == .ready } ?? true
            }
            let settledAgain = again.count { $0.state.isSettled }
            let counts = [
                ("done", moved.count { $0.state == .done } - again.count { $0.state == .done }),
                ("refused", moved.count { $0.state == .refused }),
                ("doneAgain", settledAgain), ("openAgain", again.count - settledAgain),
            ]
            // What there was before has its place in any line; of what is rare, only what was.
            let told = counts.enumerated().filter { $0.offset < 2 || $0.element.1 > 0 }
            try log(
                "done", "\(id)",
                outcome: told.map { "\($0.element.0)=\($0.element.1)" }.joined(separator: " "),
                scope, stamp, database)
            return moved
        }
    }

    package func refusal(
        of sequences: Set<Int>, in id: UploadID, _ plan: ValidationPlan, in scope: LedgerScope
    ) throws -> RefusalPlan {
        try write { database in
            var foreseen = RefusalPlan()
            let attempt = try attempt(id, of: scope.reseller, database)
            // Done, looked at, and undone.
            try database.inSavepoint {
                let own = try Scope.make(scope, plan, in: database)
                let before = try operations(ofAttempt: attempt.row, database)
                let verdicts = Dictionary(
                    uniqueKeysWithValues: sequences.map { ($0, OperationVerdict(.refused)) })
                let nobody = Stamp(actor: "", time: "")
                let rows = try MoveWriter(database, attempt.row, own, plan, nobody)
                    .apply(verdicts, before)
                let after = try operations(ofAttempt: attempt.row, database)
                foreseen.sequences = Set(
                    zip(before, after).filter { $0 != $1 && $1.state == .refused }
                        .map(\.1.sequence))
                let parts = try parts(of: rows, in: attempt, database).map(\.part)
                foreseen.rowCount = rows.filter { !$0.isOnce }.union(parts).count
                try FallenSteps(database: database).count(
                    whatFellWith: rows.map { AttemptRow(attempt: attempt.row, row: $0) },
                    into: &foreseen)
                let ofRows = before.count {
                    sequences.contains($0.sequence) && !$0.state.isGivenBack
                        && rows.contains(WorkbookRow($0))
                }
                foreseen.stepCount -= ofRows
                return .rollback
            }
            return foreseen
        }
    }

    package func changes(
        by id: UploadID, _ plan: ValidationPlan, in scope: LedgerScope
    ) throws -> [RecordChange] {
        try read { database in
            let attempt = try attempt(id, of: scope.reseller, database)
            guard let own = try Scope(scope, in: database) else { return [] }
            let done = Set(
                try operations(ofAttempt: attempt.row, database).filter { $0.state == .done }
                    .map(WorkbookRow.init))
            let records = try RecordWriter(database, own.id, plan)
            return try Reversal(database, records, attempt: attempt.row).changes(done)
        }
    }

    package func customersGone(
        of id: UploadID, of reseller: String
    ) throws -> [(sheet: String, values: [String: String])] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT changes.sheet, records.field_values
                    FROM changes JOIN records ON records.id = changes.record
                    WHERE changes.attempt = ? AND step IS NOT NULL AND records.state = ?
                    """,
                arguments: [
                    try attempt(id, of: reseller, database).row, RecordState.refused.rawValue,
                ]
            ).map { ($0[0], FieldLine.texts($0[1])) }
        }
    }
}
