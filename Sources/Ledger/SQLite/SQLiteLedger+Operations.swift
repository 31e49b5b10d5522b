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
            let moves = Moves(verdicts, operations)
            for (sequence, verdict) in moves.verdicts {
                try database.execute(
                    sql: """
                        UPDATE operations SET state = ?1, note = ?2,
                            -- A note that is mended makes nothing younger.
                            recorded = CASE state WHEN ?1 THEN recorded ELSE ?3 END
                        WHERE attempt = ?4 AND sequence = ?5
                        """,
                    arguments: [
                        verdict.state.rawValue, verdict.note, stamp.time, attempt.row, sequence,
                    ])
            }
            if !moves.rowsGivenBack.isEmpty {
                try GivingBack(database, own.id, plan).give(
                    back: moves.rowsGivenBack, ofAttempt: attempt.row)
                try own.touch(database)
            }
            let before = Dictionary(uniqueKeysWithValues: operations.map { ($0.sequence, $0) })
            let moved = try self.operations(ofAttempt: attempt.row, database).filter {
                $0 != before[$0.sequence]
            }
            let done = moved.count { $0.state == .done }
            let refused = moved.count { $0.state == .refused }
            try log(
                "done", "\(id)", outcome: "done=\(done) refused=\(refused)", scope, stamp,
                database)
            return moved
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
    /// Rows of which a portal refused a step and did none, with its words.
    private(set) var rowsGivenBack: [WorkbookRow: String] = [:]

    init(_ given: [Int: OperationVerdict], _ operations: [OperationEntry]) {
        for operation in operations where operation.state != .refused {
            guard let verdict = given[operation.sequence],
                verdict != OperationVerdict(operation.state, note: operation.note)
            else { continue }
            verdicts[operation.sequence] = verdict
        }
        let done = Set(
            operations.filter { (verdicts[$0.sequence]?.state ?? $0.state) == .done }
                .compactMap(WorkbookRow.init))
        for operation in operations {
            guard let verdict = verdicts[operation.sequence], verdict.state == .refused,
                let row = WorkbookRow(operation), !done.contains(row)
            else { continue }
            let words = rowsGivenBack[row] ?? ""
            rowsGivenBack[row] = words.isEmpty ? verdict.note ?? "" : words
        }
        // What else was to be done for them has no ground any more.
        for operation in operations where verdicts[operation.sequence] == nil {
            guard let row = WorkbookRow(operation), rowsGivenBack[row] != nil,
                operation.state != .refused
            else { continue }
            verdicts[operation.sequence] = OperationVerdict(.refused)
        }
    }
}
