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
            let done = moved.count { $0.state == .done }
            let refused = moved.count { $0.state == .refused }
            // Who takes an upload back is told of in one line, with all that comes of it.
            if verdicts.values.contains(where: { $0.state == .takenBack }) { return moved }
            try log(
                "done", "\(id)", outcome: "done=\(done) refused=\(refused)", scope, stamp,
                database)
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
        for (sequence, verdict) in moves.verdicts {
            let who = verdict.state == .ready ? nil : stamp
            try database.execute(
                sql: """
                    UPDATE operations SET state = ?1, note = ?2, actor = ?3,
                        -- A note that is mended makes nothing younger.
                        recorded = CASE state WHEN ?1 THEN recorded ELSE ?4 END
                    WHERE attempt = ?5 AND sequence = ?6
                    """,
                arguments: [
                    verdict.state.rawValue, verdict.note, who?.actor, stamp.time,
                    attempt.row, sequence,
                ])
        }
        if !moves.rowsBroughtBack.isEmpty {
            let lost = try Restoration(database, own.id, plan)
                .bringBack(moves.rowsBroughtBack, ofAttempt: attempt.row)
            if let row = lost.min(by: { ($0.sheet, $0.number) < ($1.sheet, $1.number) }) {
                throw SupersededRow(sheet: row.sheet, rowNumber: row.number)
            }
            for row in moves.rowsBroughtBack {
                try fallen.raise(
                    AttemptRow(attempt: attempt.row, row: row), besides: verdicts.keys)
            }
            try own.touch(database)
        }
        if !moves.rowsGivenBack.isEmpty {
            try GivingBack(database, own.id, plan, stamp).give(
                back: moves.rowsGivenBack, ofAttempt: attempt.row)
            try own.touch(database)
        }
        return Set(moves.rowsGivenBack.keys)
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
                foreseen.rowCount =
                    try rows.count + parts(of: rows, in: attempt, database).count
                try FallenSteps(database: database).count(
                    whatFellWith: rows.map { AttemptRow(attempt: attempt.row, row: $0) },
                    into: &foreseen)
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
                    .compactMap(WorkbookRow.init))
            let records = try RecordWriter(database, own.id, plan)
            return try Reversal(database, records, attempt: attempt.row).changes(done)
        }
    }
}

/// A row of a workbook.
struct WorkbookRow: Hashable {
    /// The sheet's id in the Definition.
    let sheet: String
    let number: Int

    init(sheet: String, number: Int) {
        self.sheet = sheet
        self.number = number
    }

    /// Nil for what is done once.
    init?(_ operation: OperationEntry) {
        guard let sheet = operation.sheet, let number = operation.rowNumber else { return nil }
        self.init(sheet: sheet, number: number)
    }
}

/// What comes of what somebody says of operations.
private struct Moves {
    private(set) var verdicts: [Int: OperationVerdict] = [:]
    /// Rows of which a portal refused a step and did none, with its words, or that are taken back.
    private(set) var rowsGivenBack: [WorkbookRow: OperationVerdict] = [:]
    /// Rows that were given back, of which a step is not refused after all.
    private(set) var rowsBroughtBack: Set<WorkbookRow> = []

    init(_ given: [Int: OperationVerdict], _ operations: [OperationEntry]) {
        for operation in operations {
            guard let verdict = given[operation.sequence],
                verdict != OperationVerdict(operation.state, note: operation.note)
            else { continue }
            verdicts[operation.sequence] = verdict
        }
        bringBack(operations)
        let done = Set(
            operations.filter { (verdicts[$0.sequence]?.state ?? $0.state).isSettled }
                .compactMap(WorkbookRow.init))
        for operation in operations where !operation.state.isGivenBack {
            guard let verdict = verdicts[operation.sequence], verdict.state.isGivenBack,
                let row = WorkbookRow(operation), !done.contains(row)
            else { continue }
            let words = rowsGivenBack[row]?.note ?? ""
            rowsGivenBack[row] = words.isEmpty ? verdict : rowsGivenBack[row]
        }
        // What else was to be done for them has no ground any more.
        for operation in operations where verdicts[operation.sequence] == nil {
            guard let row = WorkbookRow(operation), let verdict = rowsGivenBack[row],
                !operation.state.isGivenBack
            else { continue }
            verdicts[operation.sequence] = OperationVerdict(verdict.state)
        }
    }

    /// A row was given back when all its steps are refused. Once one is not, the others have a
    /// ground again.
    private mutating func bringBack(_ operations: [OperationEntry]) {
        let standing = Set(
            operations.filter { !$0.state.isGivenBack }.compactMap(WorkbookRow.init))
        for operation in operations {
            guard let verdict = verdicts[operation.sequence], !verdict.state.isGivenBack,
                let row = WorkbookRow(operation), !standing.contains(row)
            else { continue }
            rowsBroughtBack.insert(row)
        }
        if rowsBroughtBack.isEmpty { return }
        for operation in operations where verdicts[operation.sequence] == nil {
            // What is done once is to be done for them again.
            let isMeant =
                WorkbookRow(operation).map(rowsBroughtBack.contains)
                ?? (operation.state == .takenBack)
            if isMeant { verdicts[operation.sequence] = OperationVerdict(.ready) }
        }
    }
}
