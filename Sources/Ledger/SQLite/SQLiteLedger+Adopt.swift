import GRDB
import Portals
package import Validation

extension SQLiteLedger {
    package func adopt(
        _ records: KnownRecords, from name: String, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp
    ) throws -> AdoptionCounts {
        try write { database in
            let own = try Scope.make(scope, plan, in: database)
            let number =
                try Int.fetchOne(
                    database,
                    sql: """
                        SELECT max(number) FROM attempts JOIN scopes ON scopes.id = attempts.scope
                        WHERE scopes.reseller = ?
                        """, arguments: [scope.reseller]) ?? 0
            try database.execute(
                sql: """
                    INSERT INTO attempts (scope, number, attempt, kind, workbook, sha256, version,
                        actor, time, counts, effects, folder, name)
                    VALUES (?, ?, 1, 'adoption', ?, '', ?, ?, ?, '{}', '{}', '', '')
                    """,
                arguments: [
                    own.id, number + 1, name, plan.definition.version, stamp.actor, stamp.time,
                ])
            let attempt = database.lastInsertedRowID
            let writer = try RecordWriter(database, own.id, plan)
            var counts = AdoptionCounts()
            for (index, sheet) in plan.definition.sheets.enumerated() {
                for record in records.records(ofSheet: sheet.id) {
                    try adopt(record, index, plan, attempt, writer, &counts)
                }
            }
            try own.touch(database)
            let outcome = "added=\(counts.added) changed=\(counts.changed) same=\(counts.same)"
            try log("adopt", "#\(number + 1)", outcome: outcome, scope, stamp, database)
            return counts
        }
    }

    private func adopt(
        _ record: KnownRecord, _ sheet: Int, _ plan: ValidationPlan, _ attempt: Int64,
        _ writer: RecordWriter, _ counts: inout AdoptionCounts
    ) throws {
        let row = record.rowNumber
        let index = plan.recordIndexes.ofSheets[sheet][0]
        guard let key = index.key(of: record) else {
            counts.nameless += 1
            return
        }
        guard let known = try writer.records(index, key).first else {
            counts.added += 1
            return try writer.insert(
                Array(record.values), sheet: sheet, attempt: attempt, row: row)
        }
        let merged = zip(record.values, known.values).map { $0 ?? $1 }
        guard merged != known.values else {
            counts.same += 1
            return
        }
        let before = zip(merged, known.values).map { $0 == $1 ? nil : $1 ?? "" }
        try writer.remember(
            before, of: known, kind: .updated, attempt: attempt,
            row: WorkbookRow(sheet: plan.definition.sheets[sheet].id, number: row))
        try writer.change(known, to: merged, attempt: attempt, row: row)
        counts.changed += 1
    }
}

extension KnownRecord {
    /// The number at the end of where it is known from.
    fileprivate var rowNumber: Int {
        Int(String(origin.reversed().prefix { $0.isNumber }.reversed())) ?? 0
    }
}
