import Crypto
import GRDB

extension SQLiteLedger {
    package func history(of reseller: String, countMax: Int) throws -> [AttemptEntry] {
        try read { database in
            try attempts(
                database, "WHERE scopes.reseller = ? ORDER BY attempts.id DESC LIMIT ?",
                [reseller, countMax], countsOperations: true)
        }
    }

    package func attempt(_ id: UploadID, of reseller: String) throws -> AttemptEntry {
        try read { try attempt(id, of: reseller, $0) }
    }

    /// - Throws: `LedgerError` with `unknown`.
    func attempt(
        _ id: UploadID, of reseller: String, _ database: Database
    ) throws -> AttemptEntry {
        let found = try attempts(
            database, "WHERE scopes.reseller = ? AND number = ? AND attempts.attempt = ?",
            [reseller, id.number, id.attempt])
        guard let entry = found.first else {
            throw LedgerError(.unknown, path: path, found: "\(id)")
        }
        return entry
    }

    private func counts(
        ofAttempt attempt: Int64, _ database: Database
    ) throws -> [OperationState: Int] {
        var operations: [OperationState: Int] = [:]
        let counts = try Row.fetchAll(
            database,
            sql: "SELECT state, count(*) FROM operations WHERE attempt = ? GROUP BY state",
            arguments: [attempt])
        for count in counts {
            if let state = OperationState(rawValue: count[0]) { operations[state] = count[1] }
        }
        return operations
    }

    package func refusedCount(ofBatch id: UploadID, of reseller: String) throws -> Int {
        try read { database in
            try counts(ofAttempt: attempt(id, of: reseller, database).row, database)[.refused] ?? 0
        }
    }

    /// - Parameter countsOperations: whether their operations are counted, one and all.
    func attempts(
        _ database: Database, _ condition: String, _ arguments: StatementArguments,
        countsOperations: Bool = false
    ) throws -> [AttemptEntry] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT attempts.*, scopes.portal
                FROM attempts JOIN scopes ON scopes.id = attempts.scope \(condition)
                """, arguments: arguments)
        return try rows.map { row in
            let id: Int64 = row["id"]
            let operations = countsOperations ? try counts(ofAttempt: id, database) : [:]
            return AttemptEntry(
                id: UploadID(number: row["number"], attempt: row["attempt"]),
                portal: row["portal"], workbookName: row["workbook"], sha256: row["sha256"],
                stamp: Stamp(actor: row["actor"], time: row["time"]), counts: row["counts"],
                effects: row["effects"], folder: row["folder"], name: row["name"],
                operations: operations, row: id)
        }
    }

    package func operations(
        of id: UploadID, of reseller: String
    ) throws -> [OperationEntry] {
        try read { database in
            try operations(ofAttempt: attempt(id, of: reseller, database).row, database)
        }
    }

    func operations(ofAttempt attempt: Int64, _ database: Database) throws -> [OperationEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM operations WHERE attempt = ? ORDER BY sequence",
            arguments: [attempt]
        ).map(OperationEntry.init)
    }

    // MARK: - Audit

    package func audit(of reseller: String) throws -> [AuditEntry] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM audit WHERE reseller = ? ORDER BY id",
                arguments: [reseller]
            ).map { row in
                AuditEntry(
                    stamp: Stamp(actor: row["actor"], time: row["time"]), portal: row["portal"],
                    action: row["action"], object: row["object"], outcome: row["outcome"],
                    hash: row["hash"])
            }
        }
    }

    /// Adds an entry that says what was done, and carries the hash of all before it on.
    func log(
        _ action: String, _ object: String, outcome: String, _ scope: LedgerScope, _ stamp: Stamp,
        _ database: Database
    ) throws {
        let last =
            try String.fetchOne(
                database, sql: "SELECT hash FROM audit ORDER BY id DESC LIMIT 1") ?? ""
        let entry = [
            scope.reseller, scope.portal, stamp.actor, stamp.time, action, object, outcome,
        ]
        var line = Array(last.utf8)
        for part in entry {
            line.append(UInt8(ascii: "\t"))
            TextLine.append(part, to: &line)
        }
        let hash = Hexadecimal.text(SHA256.hash(data: line))
        try database.execute(
            sql: """
                INSERT INTO audit (reseller, portal, actor, time, action, object, outcome, hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """, arguments: StatementArguments(entry + [hash]))
    }
}

extension OperationEntry {
    /// - Parameter row: all columns of `operations`.
    init(_ row: Row) {
        let sheet: String = row["sheet"]
        self.init(
            sequence: row["sequence"], name: row["name"], operation: row["operation"],
            kind: row["kind"], state: OperationState(rawValue: row["state"]) ?? .unknown,
            note: row["note"], sheet: sheet.isEmpty ? nil : sheet,
            rowNumber: sheet.isEmpty ? nil : row["row"], isHeld: row["held"],
            heldUntil: row["held_until"], stamp: Stamp(ofStep: row))
    }
}

extension Stamp {
    fileprivate init?(ofStep row: Row) {
        guard let actor = row["actor"] as String?, let time = row["recorded"] as String? else {
            return nil
        }
        self.init(actor: actor, time: time)
    }
}
