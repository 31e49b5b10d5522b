import GRDB

extension SQLiteLedger {
    package func load(
        _ list: RememberedList, in scope: LedgerScope, by stamp: Stamp
    ) throws {
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO scopes (reseller, portal) VALUES (?, ?)",
                arguments: [scope.reseller, scope.portal])
            guard let own = try Scope(scope, in: database) else { return }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO lists
                        (scope, directory, source, actor, time, count, lines)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    own.id, list.directory, list.source, stamp.actor, stamp.time, list.count,
                    String(decoding: list.lines, as: UTF8.self),
                ])
            try own.touch(database)
            try log(
                "load", list.directory, outcome: "count=\(list.count)", scope, stamp, database)
        }
    }

    package func lists(in scope: LedgerScope) throws -> [RememberedList] {
        try read { database in
            try Scope(scope, in: database).map { try lists($0, database) } ?? []
        }
    }

    func lists(_ scope: Scope, _ database: Database) throws -> [RememberedList] {
        let statement = try RawStatement(
            database,
            """
            SELECT directory, source, actor, time, count, lines FROM lists WHERE scope = ?
            ORDER BY directory
            """)
        statement.bind(1, scope.id)
        var lists: [RememberedList] = []
        try statement.forEachRow { row in
            lists.append(
                RememberedList(
                    directory: row.text(0), source: row.text(1),
                    stamp: Stamp(actor: row.text(2), time: row.text(3)),
                    count: Int(row.integer(4)), lines: Array(row.bytes(5))))
        }
        return lists
    }
}

// MARK: - Settings

extension SQLiteLedger {
    package func load(_ settings: RememberedSettings, of reseller: String) throws {
        let scope = LedgerScope(reseller: reseller, portal: settings.portal)
        try write { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO scopes (reseller, portal) VALUES (?, ?)",
                arguments: [scope.reseller, scope.portal])
            guard let own = try Scope(scope, in: database) else { return }
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO settings (scope, source, actor, time, text, sha256)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    own.id, settings.source, settings.stamp.actor, settings.stamp.time,
                    settings.text, settings.sha256,
                ])
            try own.touch(database)
            try log("load", "settings", outcome: "", scope, settings.stamp, database)
        }
    }

    package func settings(of reseller: String) throws -> [RememberedSettings] {
        try read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT portal, source, actor, time, text, sha256
                    FROM settings JOIN scopes ON scopes.id = settings.scope
                    WHERE reseller = ? ORDER BY portal
                    """, arguments: [reseller]
            ).map { row in
                RememberedSettings(
                    portal: row[0], source: row[1], stamp: Stamp(actor: row[2], time: row[3]),
                    text: row[4], sha256: row[5])
            }
        }
    }
}

extension RememberedList {
    var withoutLines: RememberedList {
        RememberedList(
            directory: directory, source: source, stamp: stamp, count: count, lines: [])
    }
}
