import GRDB
import Portals
import Validation

/// Writes what somebody says of an upload's operations, and what comes of it for its rows, their
/// records and all that rests on these.
struct MoveWriter {
    private let database: Database
    private let attempt: Int64
    private let scope: Scope
    private let plan: ValidationPlan
    private let stamp: Stamp
    private let fallen: FallenSteps

    init(
        _ database: Database, _ attempt: Int64, _ scope: Scope, _ plan: ValidationPlan,
        _ stamp: Stamp
    ) {
        self.database = database
        self.attempt = attempt
        self.scope = scope
        self.plan = plan
        self.stamp = stamp
        fallen = FallenSteps(database: database)
    }

    /// - Parameters:
    ///   - verdicts: by the operation's number.
    ///   - operations: all of the upload, as they are.
    /// - Returns: the rows that are given back.
    /// - Throws: `SupersededRow` for one that can't be brought back; then nothing may be kept.
    @discardableResult
    func apply(
        _ verdicts: [Int: OperationVerdict], _ operations: [OperationEntry]
    ) throws -> Set<WorkbookRow> {
        let moves = Moves(verdicts, operations)
        for row in moves.rowsGivenBack.keys {
            let place = AttemptRow(attempt: attempt, row: row)
            try fallen.remember(place, fallingWith: place)
        }
        for (sequence, row) in moves.stepsRefusedAlone {
            try fallen.remember(sequence, of: AttemptRow(attempt: attempt, row: row))
        }
        for (sequence, verdict) in moves.verdicts { try record(verdict, of: sequence) }
        try bringBack(moves, toldOf: verdicts.filter { $0.value.state != .ready }.map(\.key))
        if !moves.rowsGivenBack.isEmpty {
            try GivingBack(database, scope.id, plan, stamp).give(
                back: moves.rowsGivenBack, ofAttempt: attempt)
            try scope.touch(database)
        }
        return Set(moves.rowsGivenBack.keys)
    }

    private func record(_ verdict: OperationVerdict, of sequence: Int) throws {
        try database.execute(
            sql: """
                UPDATE operations SET state = ?1, note = ?2, actor = ?3,
                    -- A note that is mended makes nothing younger.
                    recorded = CASE state WHEN ?1 THEN recorded ELSE ?4 END
                WHERE attempt = ?5 AND sequence = ?6
                """,
            arguments: [
                verdict.state.rawValue, verdict.note,
                verdict.state == .ready ? nil : stamp.actor, stamp.time, attempt, sequence,
            ])
    }

    /// What is not refused after all is as far as it was.
    ///
    /// - Parameter told: operations of which somebody says how far they are.
    private func bringBack(_ moves: Moves, toldOf told: [Int]) throws {
        for sequence in moves.stepsBackAlone {
            try fallen.raise(sequence, ofAttempt: attempt, besides: told)
        }
        if moves.rowsBroughtBack.isEmpty { return }
        let left = try Restoration(database, scope.id, plan)
            .bringBack(moves.rowsBroughtBack, along: moves.stepsAlong, ofAttempt: attempt)
            .filter { $0.attempt == attempt }.map(\.row)
        let lost = moves.rowsBroughtBack.intersection(left)
        if let row = lost.min(by: { ($0.sheet, $0.number) < ($1.sheet, $1.number) }) {
            let origin =
                try SQLiteLedger.origins(of: row, ofAttempt: attempt, database).first ?? row
            throw SupersededRow(sheet: origin.sheet, rowNumber: origin.number)
        }
        let along = moves.stepsAlong.subtracting(left)
        for step in along.compactMap(\.step) { try record(OperationVerdict(.ready), of: step) }
        for row in moves.rowsBroughtBack.union(along) {
            try fallen.raise(AttemptRow(attempt: attempt, row: row), besides: told)
        }
        try scope.touch(database)
    }
}
