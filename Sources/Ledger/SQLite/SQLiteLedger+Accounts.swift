import GRDB

extension SQLiteLedger: SiteMemory {
    package func add(_ account: Account, by stamp: Stamp) throws -> Account? {
        try write { try add(account, by: stamp, $0) }
    }

    private func add(
        _ account: Account, by stamp: Stamp, _ database: Database
    ) throws -> Account? {
        try database.execute(
            sql: """
                INSERT OR IGNORE INTO accounts (reseller, email, name, role, password, disabled)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                account.reseller, account.email, account.name, account.role.rawValue,
                account.password, account.isDisabled,
            ])
        guard database.changesCount == 1 else { return nil }
        let id = database.lastInsertedRowID
        try log(
            "account", "\(id)", outcome: "role=\(account.role.rawValue)",
            LedgerScope(reseller: account.reseller, portal: ""), stamp, database)
        return try accounts(database, "WHERE id = ?", [id]).first
    }

    package func account(ofEmail email: String) throws -> Account? {
        try read { try accounts($0, "WHERE email = ?", [email.lowercased()]).first }
    }

    package func accounts(of reseller: String?) throws -> [Account] {
        try read { database in
            guard let reseller else {
                return try accounts(database, "ORDER BY reseller, email", [])
            }
            return try accounts(database, "WHERE reseller = ? ORDER BY email", [reseller])
        }
    }

    package func setDisabled(_ isDisabled: Bool, _ account: Account, by stamp: Stamp) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE accounts SET disabled = ? WHERE id = ?",
                arguments: [isDisabled, account.id])
            try endAccess(of: account.id, database)
            try log(
                isDisabled ? "disable" : "enable", "\(account.id)", outcome: "",
                LedgerScope(reseller: account.reseller, portal: ""), stamp, database)
        }
    }

    private func accounts(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [Account] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM accounts \(condition)", arguments: arguments
        ).map(Self.account)
    }

    static func account(_ row: Row) -> Account {
        Account(
            id: row["id"], reseller: row["reseller"], email: row["email"], name: row["name"],
            role: Account.Role(rawValue: row["role"]) ?? .user, password: row["password"],
            isDisabled: row["disabled"])
    }

    // MARK: - Links

    package func makeLink(
        _ digest: [UInt8], for account: Account?, until time: Int, by stamp: Stamp
    ) throws {
        try write { database in
            // A new one takes the place of an earlier one.
            try database.execute(
                sql: "DELETE FROM links WHERE account IS ?", arguments: [account?.id])
            try database.execute(
                sql: "INSERT INTO links (digest, account, until) VALUES (?, ?, ?)",
                arguments: [Self.text(digest), account?.id, time])
            guard let account else { return }
            try log(
                "link", "\(account.id)", outcome: "",
                LedgerScope(reseller: account.reseller, portal: ""), stamp, database)
        }
    }

    package func link(_ digest: [UInt8], at time: Int) throws -> SiteLink? {
        try read { try link(digest, at: time, $0) }
    }

    private func link(
        _ digest: [UInt8], at time: Int, _ database: Database
    ) throws -> SiteLink? {
        guard
            let row = try Row.fetchOne(
                database, sql: "SELECT account FROM links WHERE digest = ? AND until > ?",
                arguments: [Self.text(digest), time])
        else { return nil }
        guard let id = row["account"] as Int64? else { return SiteLink(account: nil) }
        let account = try accounts(database, "WHERE id = ? AND NOT disabled", [id]).first
        return account.map { SiteLink(account: $0) }
    }

    package func use(
        _ digest: [UInt8], at time: Int, _ account: Account, password: String, by stamp: Stamp
    ) throws -> Account? {
        try write { database in
            guard let link = try link(digest, at: time, database) else { return nil }
            try database.execute(
                sql: "DELETE FROM links WHERE digest = ?", arguments: [Self.text(digest)])
            guard let own = try link.account ?? add(account, by: stamp, database) else {
                return nil
            }
            try database.execute(
                sql: "UPDATE accounts SET password = ? WHERE id = ?",
                arguments: [password, own.id])
            try endAccess(of: own.id, database)
            try log(
                "password", "\(own.id)", outcome: "",
                LedgerScope(reseller: own.reseller, portal: ""), stamp, database)
            return try accounts(database, "WHERE id = ?", [own.id]).first
        }
    }

    package func keep(_ password: String, asPasswordOf account: Account) throws {
        try write { database in
            try database.execute(
                sql: "UPDATE accounts SET password = ? WHERE id = ? AND password = ?",
                arguments: [password, account.id, account.password])
        }
    }

    // MARK: - Sessions

    package func begin(_ digest: [UInt8], of account: Account, at time: Int) throws {
        try write { database in
            try database.execute(
                sql: "INSERT INTO sessions (digest, account, begun, seen) VALUES (?, ?, ?, ?)",
                arguments: [Self.text(digest), account.id, time, time])
        }
    }

    package func session(_ digest: [UInt8]) throws -> Session? {
        try read { database in
            try Row.fetchOne(
                database,
                sql: """
                    SELECT accounts.*, begun, seen
                    FROM sessions JOIN accounts ON accounts.id = sessions.account
                    WHERE digest = ? AND NOT disabled
                    """,
                arguments: [Self.text(digest)]
            ).map { Session(account: Self.account($0), begun: $0["begun"], seen: $0["seen"]) }
        }
    }

    package func touch(_ digest: [UInt8], at time: Int) throws {
        try write {
            try $0.execute(
                sql: "UPDATE sessions SET seen = ? WHERE digest = ?",
                arguments: [time, Self.text(digest)])
        }
    }

    package func end(_ digest: [UInt8]) throws {
        try write {
            try $0.execute(
                sql: "DELETE FROM sessions WHERE digest = ?", arguments: [Self.text(digest)])
        }
    }

    /// Ends all that lets somebody in beside their password.
    private func endAccess(of account: Int64, _ database: Database) throws {
        try database.execute(
            sql: "DELETE FROM sessions WHERE account = ?", arguments: [account])
        try database.execute(
            sql: "UPDATE tokens SET revoked = 1 WHERE account = ?", arguments: [account])
    }

    static func text(_ digest: [UInt8]) -> String { Hexadecimal.text(digest) }
}
