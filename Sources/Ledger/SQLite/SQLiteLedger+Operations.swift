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
            try apply(verdicts, operations, of: attempt, own, plan, stamp, database)
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

    /// - Returns: the rows that are given back.
    @discardableResult
    private func apply(
        _ verdicts: [Int: OperationVerdict], _ operations: [OperationEntry],
        of attempt: AttemptEntry, _ own: Scope, _ plan: ValidationPlan, _ stamp: Stamp,
        _ database: Database
    ) throws -> Set<WorkbookRow> {
        let moves = Moves(verdicts, operations)
        let fallen = FallenSteps(database: database)
        for row in moves.rowsGivenBack.keys {
            let place = AttemptRow(attempt: attempt.row, row: row)
            try fallen.remember(place, fallingWith: place)
        }
        for (sequence, row) in moves.stepsRefusedAlone {
            try fallen.remember(sequence, of: AttemptRow(attempt: attempt.row, row: row))
        }
        for (sequence, verdict) in moves.verdicts {
            try record(verdict, of: sequence, of: attempt, stamp, database)
        }
        try bringBack(moves, verdicts, of: attempt, own, plan, stamp, database)
        if !moves.rowsGivenBack.isEmpty {
            try GivingBack(database, own.id, plan, stamp).give(
                back: moves.rowsGivenBack, ofAttempt: attempt.row)
            try own.touch(database)
        }
        return Set(moves.rowsGivenBack.keys)
    }

    private func record(
        _ verdict: OperationVerdict, of sequence: Int, of attempt: AttemptEntry, _ stamp: Stamp,
        _ database: Database
    ) throws {
        try database.execute(
            sql: """
                UPDATE operations SET state = ?1, note = ?2, actor = ?3,
                    -- A note that is mended makes nothing younger.
                    recorded = CASE state WHEN ?1 THEN recorded ELSE ?4 END
                WHERE attempt = ?5 AND sequence = ?6
                """,
            arguments: [
                verdict.state.rawValue, verdict.note,
                verdict.state == .ready ? nil : stamp.actor, stamp.time, attempt.row, sequence,
            ])
    }

    /// What is not refused after all is as far as it was, unless somebody says how far it is.
    private func bringBack(
        _ moves: Moves, _ verdicts: [Int: OperationVerdict], of attempt: AttemptEntry,
        _ own: Scope, _ plan: ValidationPlan, _ stamp: Stamp, _ database: Database
    ) throws {
        let fallen = FallenSteps(database: database)
        let told = verdicts.filter { $0.value.state != .ready }.keys
        for sequence in moves.stepsBackAlone {
            try fallen.raise(sequence, ofAttempt: attempt.row, besides: told)
        }
        if moves.rowsBroughtBack.isEmpty { return }
        let left = try Restoration(database, own.id, plan)
            .bringBack(moves.rowsBroughtBack, along: moves.stepsAlong, ofAttempt: attempt.row)
            .filter { $0.attempt == attempt.row }.map(\.row)
        let lost = moves.rowsBroughtBack.intersection(left)
        if let row = lost.min(by: { ($0.sheet, $0.number) < ($1.sheet, $1.number) }) {
            let origin = try origins(of: row, ofAttempt: attempt.row, database).first ?? row
            throw SupersededRow(sheet: origin.sheet, rowNumber: origin.number)
        }
        let along = moves.stepsAlong.subtracting(left)
        for step in along.compactMap(\.step) {
            try record(OperationVerdict(.ready), of: step, of: attempt, stamp, database)
        }
        for row in moves.rowsBroughtBack.union(along) {
            try fallen.raise(AttemptRow(attempt: attempt.row, row: row), besides: told)
        }
        try own.touch(database)
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
                let rows = try apply(
                    verdicts, before, of: attempt, own, plan, Stamp(actor: "", time: ""), database)
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
}
