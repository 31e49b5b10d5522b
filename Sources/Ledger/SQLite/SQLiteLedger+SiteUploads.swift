import GRDB

extension SQLiteLedger {
    package func add(_ upload: SiteUpload) throws { try write { try add(upload, $0) } }

    private func add(_ upload: SiteUpload, _ database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO uploads
                    (id, reseller, portal, workbook, actor, time, language, state, changed,
                    hidden, approval, standing, predecessor)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                upload.id, upload.reseller, upload.portal, upload.workbookName,
                upload.stamp.actor, upload.stamp.time, upload.language, upload.state.rawValue,
                upload.isChangedSince, upload.hiddenRows, upload.approval,
                upload.standing.rawValue, upload.predecessor,
            ])
        try log("upload", upload, outcome: "", upload.stamp, database)
    }

    /// What somebody does with an upload, which is told by its id: its name may name people, and
    /// nothing of the audit ever goes.
    private func log(
        _ action: String, _ upload: SiteUpload, outcome: String, _ stamp: Stamp,
        _ database: Database
    ) throws {
        try log(
            action, upload.id, outcome: outcome,
            LedgerScope(reseller: upload.reseller, portal: upload.portal), stamp, database)
    }

    package func upload(_ id: String, of reseller: String) throws -> SiteUpload? {
        try read { try uploads($0, "WHERE id = ? AND reseller = ?", [id, reseller]).first }
    }

    package func uploads(
        of reseller: String, portal: String?, before last: String?, skipping count: Int,
        countMax: Int
    ) throws -> [SiteUpload] {
        try read { database in
            try uploads(
                database,
                """
                WHERE reseller = ? AND (portal = ? OR ? IS NULL) AND (? IS NULL OR rowid <
                    (SELECT rowid FROM uploads AS last WHERE last.id = ? AND last.reseller = ?))
                ORDER BY rowid DESC LIMIT ? OFFSET ?
                """,
                [reseller, portal, portal, last, last, reseller, countMax, count])
        }
    }

    package func openUploads(
        of reseller: String, skipping count: Int, countMax: Int
    ) throws -> [SiteUpload] {
        try read { database in
            try uploads(
                database,
                """
                WHERE reseller = ? AND standing = \(SiteUpload.Standing.open.rawValue)
                AND state IN (\(Self.list([.judged, .accepted])))
                ORDER BY rowid DESC LIMIT ? OFFSET ?
                """, [reseller, countMax, count])
        }
    }

    package func update(
        _ upload: SiteUpload, from state: SiteUpload.State, replacing attempt: UploadID?
    ) throws -> Bool {
        try write { database in
            guard try update(upload, from: state, database) else { return false }
            try database.execute(
                sql: """
                    UPDATE uploads SET standing = \(SiteUpload.Standing.replaced.rawValue)
                    WHERE reseller = ? AND portal = ? AND (id = ? OR attempt = ?)
                    AND \(Self.resting)
                    AND rowid < (SELECT rowid FROM uploads AS newer WHERE newer.id = ?)
                    """,
                arguments: [
                    upload.reseller, upload.portal, upload.predecessor, attempt?.description,
                    upload.id,
                ])
            return true
        }
    }

    package func uploadIDs() throws -> Set<String> {
        try read { try String.fetchSet($0, sql: "SELECT id FROM uploads") }
    }

    package func unfinishedUploads() throws -> [SiteUpload] {
        let list = Self.list([.waiting, .checking, .accepting])
        return try read { try uploads($0, "WHERE state IN (\(list)) ORDER BY rowid", []) }
    }

    package func update(_ upload: SiteUpload, from state: SiteUpload.State) throws -> Bool {
        try write { try update(upload, from: state, $0) }
    }

    private func update(
        _ upload: SiteUpload, from state: SiteUpload.State, _ database: Database
    ) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE uploads
                SET state = ?, changed = ?, hidden = ?, approval = ?, attempt = ?, standing = ?
                WHERE id = ? AND state = ?
                """,
            arguments: [
                upload.state.rawValue, upload.isChangedSince, upload.hiddenRows,
                upload.approval, upload.attempt?.description, upload.standing.rawValue,
                upload.id, state.rawValue,
            ])
        return database.changesCount == 1
    }

    package func change(
        _ change: UploadChange, asked request: KeyedRequest?
    ) throws -> UploadChangeOutcome {
        try write { database in
            if let before = try request.flatMap({ try outcome(of: $0, database) }) {
                return before
            }
            switch change {
            case .add(let upload): try add(upload, database)
            case .update(let upload, let state, let act):
                guard try update(upload, from: state, database) else { return .late }
                if let act {
                    try log(
                        act.kind.rawValue, upload, outcome: act.outcome, act.stamp, database)
                }
            }
            if let request { try keep(request, database) }
            return .done
        }
    }

    /// Whether nobody is at an upload.
    private static let resting =
        "state IN (\(list([.judged, .failed, .accepted, .cancelled])))"

    private static func list(_ states: [SiteUpload.State]) -> String {
        states.map { "\($0.rawValue)" }.joined(separator: ", ")
    }

    package func restingUploads(before time: String) throws -> [SiteUpload] {
        try read { try uploads($0, "WHERE time < ? AND \(Self.resting) ORDER BY rowid", [time]) }
    }

    package func remove(_ upload: SiteUpload) throws -> Bool {
        try write { database in
            try database.execute(
                sql: "DELETE FROM uploads WHERE id = ? AND \(Self.resting)",
                arguments: [upload.id])
            return database.changesCount == 1
        }
    }

    package func attempt(inFolder folder: String, of reseller: String) throws -> UploadID? {
        try read { database in
            try attempts(
                database, "WHERE scopes.reseller = ? AND folder = ? AND kind = 'upload'",
                [reseller, folder]
            ).first?.id
        }
    }

    private func uploads(
        _ database: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [SiteUpload] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM uploads \(condition)", arguments: arguments
        ).map { row in
            var upload = SiteUpload(
                id: row["id"], reseller: row["reseller"], portal: row["portal"],
                workbookName: row["workbook"],
                stamp: Stamp(actor: row["actor"], time: row["time"]),
                language: row["language"],
                state: SiteUpload.State(rawValue: row["state"]) ?? .failed,
                isChangedSince: row["changed"], hiddenRows: row["hidden"],
                approval: row["approval"],
                attempt: (row["attempt"] as String?).flatMap { UploadID($0) },
                predecessor: row["predecessor"],
                standing: SiteUpload.Standing(rawValue: row["standing"]) ?? .open)
            upload.isUndone = try isUndone(upload, database)
            return upload
        }
    }

    /// Whether somebody took it back, and no step of it came back since.
    private func isUndone(_ upload: SiteUpload, _ database: Database) throws -> Bool {
        guard let id = upload.attempt else { return false }
        let isUndone = try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (
                    SELECT 1 FROM attempts JOIN scopes ON scopes.id = attempts.scope
                    WHERE scopes.reseller = ? AND scopes.portal = ?
                    AND attempts.number = ? AND attempts.attempt = ?
                    AND EXISTS (SELECT 1 FROM undoings WHERE undoings.attempt = attempts.id)
                    AND NOT EXISTS (
                        SELECT 1 FROM operations INDEXED BY operations_open
                        WHERE operations.attempt = attempts.id AND state IN (0, 1))
                    AND NOT EXISTS (
                        SELECT 1 FROM operations INDEXED BY operations_unknown
                        WHERE operations.attempt = attempts.id AND state = 4))
                """, arguments: [upload.reseller, upload.portal, id.number, id.attempt])
        return isUndone == true
    }
}
