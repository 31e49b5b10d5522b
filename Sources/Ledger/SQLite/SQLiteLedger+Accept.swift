import GRDB
import Portals
package import Validation

extension SQLiteLedger {
    package func accept(
        _ attempt: Attempt, _ plan: ValidationPlan, in scope: LedgerScope, by stamp: Stamp
    ) throws -> UploadID? {
        try write { database in
            if try hasChanged(attempt.answer, in: scope, database) { return UploadID?.none }
            let own = try Scope.make(scope, plan, in: database)
            let id = try nextID(after: attempt.answer.predecessor, of: scope.reseller, database)
            let files = KeptFiles(ofLedger: path, name: attempt.outcome.name)
            if attempt.answer.question.isForced {
                try callOff(
                    RowNames(acceptedOf: files), of: attempt.answer, in: scope, note: "#\(id)",
                    by: stamp, database)
            }
            try insert(attempt, id, own, stamp, database)
            let row = database.lastInsertedRowID
            try insertOperations(files, attempt: row, database)
            var acceptance = try Acceptance(database, own.id, plan, attempt: row)
            let isAnyAccepted = try acceptance.take(files)
            try database.execute(
                sql: "UPDATE outcomes SET state = 1 WHERE name = ? AND state = 0",
                arguments: [attempt.outcome.name])
            if database.changesCount != 1 { throw LedgerError(.withdrawn, path: path) }
            if isAnyAccepted { try own.touch(database) }
            try log("accept", "\(id)", outcome: attempt.counts, scope, stamp, database)
            return id
        }
    }

    /// Whether what the verdict rests on is not so any more.
    private func hasChanged(
        _ answer: LedgerAnswer, in scope: LedgerScope, _ database: Database
    ) throws -> Bool {
        let revision = try Scope(scope, in: database)?.revision ?? 0
        // What is issued again rests on steps as well: no change of those is counted.
        if revision == answer.basis.revision && !answer.question.isForced { return false }
        let now = try self.answer(answer.question, in: scope, database)
        let wasAnyKnown = answer.known.records != nil
        return now.basis.fingerprint != answer.basis.fingerprint
            || now.basis.predecessor != answer.basis.predecessor
            || now.basis.recentCount != answer.basis.recentCount
            || (answer.question.isForced && now.basis.issuedCount != answer.basis.issuedCount)
            || (now.known.records != nil) != wasAnyKnown
    }

    private func nextID(
        after predecessor: AttemptEntry?, of reseller: String, _ database: Database
    ) throws -> UploadID {
        let sql = """
            SELECT max(%) FROM attempts JOIN scopes ON scopes.id = attempts.scope
            WHERE scopes.reseller = ?
            """
        if let predecessor {
            let last = try Int.fetchOne(
                database,
                sql: sql.replacing("%", with: "attempt") + " AND number = ?",
                arguments: [reseller, predecessor.id.number])
            return UploadID(number: predecessor.id.number, attempt: (last ?? 0) + 1)
        }
        let last = try Int.fetchOne(
            database, sql: sql.replacing("%", with: "number"), arguments: [reseller])
        return UploadID(number: (last ?? 0) + 1, attempt: 1)
    }

    private func insert(
        _ attempt: Attempt, _ id: UploadID, _ scope: Scope, _ stamp: Stamp, _ database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO attempts (scope, number, attempt, kind, workbook, sha256, version,
                    actor, time, counts, effects, folder, name)
                VALUES (?, ?, ?, 'upload', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                scope.id, id.number, id.attempt, attempt.workbookName, attempt.sha256,
                attempt.definitionVersion, stamp.actor, stamp.time, attempt.counts,
                attempt.effects, attempt.outcome.folder, attempt.outcome.name,
            ])
    }

    private func insertOperations(
        _ files: KeptFiles, attempt: Int64, _ database: Database
    ) throws {
        let insertion = try RawStatement(
            database,
            """
            INSERT INTO operations
                (attempt, sequence, name, operation, kind, sheet, row, idempotency, held,
                held_until)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        try files.forEachOperation { operation in
            insertion.bind(1, attempt)
            insertion.bind(2, operation.sequence)
            insertion.bind(3, utf8: operation.name)
            insertion.bind(4, utf8: operation.operation)
            insertion.bind(5, utf8: operation.kind)
            insertion.bind(6, utf8: operation.sheet)
            // What is done once is a row of no sheet.
            insertion.bind(
                7, operation.sheet.isEmpty ? operation.sequence : operation.rowNumber)
            insertion.bind(8, blob: Hexadecimal.bytes(operation.idempotencyKey))
            insertion.bind(9, operation.isHeld ? 1 : 0)
            if operation.heldUntil.isEmpty {
                insertion.bindNull(10)
            } else {
                insertion.bind(10, utf8: operation.heldUntil)
            }
            try insertion.run()
        }
    }

    // MARK: - Outcomes under way

    package func keptFiles(named name: String) -> KeptFiles {
        KeptFiles(ofLedger: path, name: name)
    }

    package func begin(_ outcome: PendingOutcome) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO outcomes (name, folder) VALUES (?, ?)",
                arguments: [outcome.name, outcome.folder])
        }
    }

    package func pendingOutcomes() throws -> [PendingOutcome] {
        try read { database in
            try Row.fetchAll(database, sql: "SELECT name, folder, state FROM outcomes").map {
                PendingOutcome(
                    name: $0[0], folder: $0[1],
                    state: PendingOutcome.State(rawValue: $0[2]) ?? .underWay)
            }
        }
    }

    package func withdraw(_ outcome: PendingOutcome) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE outcomes SET state = 2 WHERE name = ? AND state <> 1",
                arguments: [outcome.name])
            return database.changesCount == 1
        }
    }

    package func removeOrphans() throws {
        let known = try knownNames()
        for name in KeptFiles.names(ofLedger: path) where !known.contains(name) {
            let files = keptFiles(named: name)
            // What somebody holds is about to be begun.
            guard let hold = files.hold() else { continue }
            // Asked anew: it may have been begun, and accepted, since.
            if try !knownNames().contains(name) { files.remove() }
            hold.release()
        }
    }

    /// Of what files are kept, or are about to be.
    private func knownNames() throws -> Set<String> {
        try read { database in
            try String.fetchSet(
                database, sql: "SELECT name FROM attempts UNION SELECT name FROM outcomes")
        }
    }

    package func settle(_ outcome: PendingOutcome) throws {
        try write { database in
            try database.execute(
                sql: "DELETE FROM outcomes WHERE name = ?", arguments: [outcome.name])
        }
    }
}
