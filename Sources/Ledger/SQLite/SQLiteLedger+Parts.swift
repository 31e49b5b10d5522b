import GRDB

extension SQLiteLedger {
    package func parts(
        of rows: [(sheet: String, number: Int)], in id: UploadID, of reseller: String
    ) throws -> [(sheet: String, number: Int, whole: (sheet: String, number: Int))] {
        let rows = rows.map { WorkbookRow(sheet: $0.sheet, number: $0.number) }
        return try read { database in
            try parts(of: rows, in: attempt(id, of: reseller, database), database).map {
                (
                    $0.part.sheet, $0.part.number,
                    whole: ($0.whole.sheet, $0.whole.number)
                )
            }
        }
    }

    /// What a row without a step says of a record may be remembered as another one's; what rows
    /// say beside their own steps is asked for by what is done once.
    func parts(
        of rows: some Sequence<WorkbookRow>, in attempt: AttemptEntry, _ database: Database
    ) throws -> [(part: WorkbookRow, whole: WorkbookRow)] {
        var wholes: [String: WorkbookRow] = [:]
        var parts: [(part: WorkbookRow, whole: WorkbookRow)] = []
        for row in rows {
            if row.isOnce {
                parts += try Self.origins(of: row, ofAttempt: attempt.row, database).map {
                    ($0, row)
                }
                continue
            }
            let records = try String.fetchAll(
                database,
                sql: """
                    SELECT uid FROM changes JOIN records ON records.id = changes.record
                    WHERE changes.attempt = ? AND changes.sheet = ? AND changes.row = ?
                    AND step IS NULL
                    """, arguments: [attempt.row, row.sheet, row.number])
            for record in records { wholes[record] = row }
        }
        if wholes.isEmpty { return parts }
        try keptFiles(of: attempt).forEachRow { kept in
            let row = WorkbookRow(sheet: kept.sheet, number: kept.rowNumber)
            guard kept.isAccepted, let whole = wholes[kept.record], whole != row,
                try !hasSteps(row, ofAttempt: attempt.row, database)
            else { return }
            parts.append((row, whole))
        }
        return parts
    }

    /// The rows of which something comes about by what is done once.
    static func origins(
        of once: WorkbookRow, ofAttempt attempt: Int64, _ database: Database
    ) throws -> [WorkbookRow] {
        guard let step = once.step else { return [] }
        return try Row.fetchAll(
            database,
            sql: """
                SELECT DISTINCT sheet, row FROM changes WHERE attempt = ? AND step = ?
                ORDER BY sheet, row
                """, arguments: [attempt, step]
        ).map { WorkbookRow(sheet: $0[0], number: $0[1]) }
    }

    private func hasSteps(
        _ row: WorkbookRow, ofAttempt attempt: Int64, _ database: Database
    ) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM operations
                WHERE attempt = ? AND sheet = ? AND row = ?)
                """, arguments: [attempt, row.sheet, row.number]) ?? false
    }
}
