import GRDB

// Programs that people let in, and what they asked for.
extension SQLiteLedger {
    package func addToken(
        named name: String, _ digest: [UInt8], of account: Account, at time: Int, by stamp: Stamp
    ) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO tokens (account, name, digest, created) VALUES (?, ?, ?, ?)",
                arguments: [account.id, name, Self.text(digest), time])
            try log(
                "token", "\(database.lastInsertedRowID)", outcome: "",
                LedgerScope(reseller: account.reseller, portal: ""), stamp, database)
        }
    }

    package func tokens(of account: Int64) throws -> [AccessToken] {
        try read { database in
            try Row.fetchAll(
                database, sql: "SELECT * FROM tokens WHERE account = ? ORDER BY id DESC",
                arguments: [account]
            ).map { row in
                AccessToken(
                    id: row["id"], name: row["name"], created: row["created"],
                    lastUsed: row["used"], isRevoked: row["revoked"])
            }
        }
    }

    package func account(
        ofToken digest: [UInt8]
    ) throws -> (token: AccessToken, account: Account)? {
        try read { database in
            guard
                let row = try Row.fetchOne(
                    database,
                    sql: """
                        SELECT accounts.*, tokens.id AS token, tokens.name AS called, created, used
                        FROM tokens JOIN accounts ON accounts.id = tokens.account
                        WHERE digest = ? AND NOT revoked AND NOT disabled
                        """, arguments: [Self.text(digest)])
            else { return nil }
            let token = AccessToken(
                id: row["token"], name: row["called"], created: row["created"],
                lastUsed: row["used"], isRevoked: false)
            return (token, Self.account(row))
        }
    }

    package func touchToken(_ id: Int64, at time: Int) throws {
        try write {
            try $0.execute(sql: "UPDATE tokens SET used = ? WHERE id = ?", arguments: [time, id])
        }
    }

    package func revokeToken(_ id: Int64, of account: Account, by stamp: Stamp) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "UPDATE tokens SET revoked = 1 WHERE id = ? AND account = ? AND NOT revoked",
                arguments: [id, account.id])
            guard database.changesCount == 1 else { return false }
            try log(
                "revoke", "\(id)", outcome: "",
                LedgerScope(reseller: account.reseller, portal: ""), stamp, database)
            return true
        }
    }

    // MARK: - Requests with a key

    package func outcome(of request: KeyedRequest) throws -> UploadChangeOutcome? {
        try read { try outcome(of: request, $0) }
    }

    func outcome(
        of request: KeyedRequest, _ database: Database
    ) throws -> UploadChangeOutcome? {
        guard
            let row = try Row.fetchOne(
                database,
                sql: "SELECT * FROM requests WHERE account = ? AND key = ? AND time >= ?",
                arguments: [request.account, request.key, request.oldest])
        else { return nil }
        let digest: String = row["digest"]
        guard digest == Self.text(request.digest) else { return .otherRequest }
        return .before(
            KeptAnswer(status: row["status"], location: row["location"], body: row["body"]))
    }

    /// Remembers one that is new, and forgets those that are too old.
    func keep(_ request: KeyedRequest, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM requests WHERE time < ?", arguments: [request.oldest])
        try database.execute(
            sql: """
                INSERT INTO requests (account, key, digest, time, status, location, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                request.account, request.key, Self.text(request.digest), request.time,
                request.answer.status, request.answer.location, request.answer.body,
            ])
    }

    // MARK: - Batches by the page

    package func batches(
        of reseller: String, portal: String?, before last: UploadID?, countMax: Int
    ) throws -> [AttemptEntry] {
        try read { database in
            var row = Int64.max
            if let last {
                // One that is not theirs is behind all of theirs.
                row =
                    try attempts(
                        database,
                        "WHERE scopes.reseller = ? AND number = ? AND attempts.attempt = ?",
                        [reseller, last.number, last.attempt]
                    ).first?.row ?? 0
            }
            return try attempts(
                database,
                """
                WHERE scopes.reseller = ? AND (scopes.portal = ? OR ? IS NULL)
                AND kind = 'upload' AND attempts.id < ? ORDER BY attempts.id DESC LIMIT ?
                """, [reseller, portal, portal, row, countMax], countsOperations: true)
        }
    }

    package func openBatches(
        of reseller: String, skipping count: Int, countMax: Int
    ) throws -> [AttemptEntry] {
        try read { database in
            try attempts(
                database,
                """
                WHERE scopes.reseller = ? AND EXISTS (
                    SELECT 1 FROM operations INDEXED BY operations_open
                    WHERE operations.attempt = attempts.id AND operations.state IN (0, 1))
                ORDER BY attempts.id DESC LIMIT ? OFFSET ?
                """, [reseller, countMax, count], countsOperations: true)
        }
    }

    package func operations(
        of id: UploadID, of reseller: String, in state: OperationState?, after sequence: Int,
        countMax: Int
    ) throws -> [OperationEntry] {
        try read { database in
            let attempt = try attempt(id, of: reseller, database).row
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT * FROM operations
                    WHERE attempt = ? AND sequence > ? AND (state = ? OR ? IS NULL)
                    ORDER BY sequence LIMIT ?
                    """, arguments: [attempt, sequence, state?.rawValue, state?.rawValue, countMax]
            ).map(OperationEntry.init)
        }
    }
}
