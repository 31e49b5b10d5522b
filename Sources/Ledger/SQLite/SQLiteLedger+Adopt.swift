import GRDB
import Portals
package import Validation

extension SQLiteLedger {
    package func adopt(
        _ records: KnownRecords, from name: String, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp, approved: String?
    ) throws -> Adoption? {
        try write { database in
            var adoption: Adoption?
            try database.inSavepoint {
                let taken = try take(records, from: name, plan, in: scope, by: stamp, database)
                guard approved == nil || approved == taken.mark else { return .rollback }
                adoption = taken
                return .commit
            }
            return adoption
        }
    }

    /// Done as it would be, and taken back: nothing else counts the same.
    package func adoption(
        of records: KnownRecords, from name: String, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp
    ) throws -> Adoption {
        try write { database in
            var adoption = Adoption(sheetCount: 0)
            try database.inSavepoint {
                adoption = try take(records, from: name, plan, in: scope, by: stamp, database)
                return .rollback
            }
            return adoption
        }
    }

    private func take(
        _ records: KnownRecords, from name: String, _ plan: ValidationPlan,
        in scope: LedgerScope, by stamp: Stamp, _ database: Database
    ) throws -> Adoption {
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
        var adoption = Adoption(sheetCount: plan.definition.sheets.count)
        let learnt = Self.sheetsWithLinks(in: records, plan)
        for (index, sheet) in plan.definition.sheets.enumerated() {
            for record in records.records(ofSheet: sheet.id) {
                try adopt(record, index, plan, attempt, writer, &adoption)
                if learnt.contains(index) { try learn(record, index, plan, writer) }
            }
        }
        try learn(from: records, learnt, plan, writer)
        try own.touch(database)
        let all = adoption.all
        let outcome = "added=\(all.added) changed=\(all.changed) same=\(all.same)"
        try log("adopt", "#\(number + 1)", outcome: outcome, scope, stamp, database)
        return adoption
    }

    /// Sheets of whose records a list has all links: it has some of every kind.
    private static func sheetsWithLinks(
        in records: KnownRecords, _ plan: ValidationPlan
    ) -> Set<Int> {
        let sheets = plan.definition.sheets
        return Set(
            sheets.indices.filter { sheet in
                let links = plan.recordIndexes.sheetsLinking(sheet)
                return !links.isEmpty
                    && links.allSatisfy { !records.records(ofSheet: sheets[$0].id).isEmpty }
            })
    }

    /// Whom a list of links names, of them it has all.
    private func learn(
        from records: KnownRecords, _ sheets: Set<Int>, _ plan: ValidationPlan,
        _ writer: RecordWriter
    ) throws {
        for (index, sheet) in plan.definition.sheets.enumerated() where sheet.makesLinks {
            for link in records.records(ofSheet: sheet.id) {
                let ends = plan.recordIndexes.grounds(
                    of: link, ofSheet: index, in: plan.definition)
                for end in ends where sheets.contains(end.index.sheet) {
                    for known in try writer.records(end.index, end.key) {
                        try writer.learnLinks(of: known.id)
                    }
                }
            }
        }
    }

    /// From now on all links of a record are known, as they stand in the same list.
    private func learn(
        _ record: KnownRecord, _ sheet: Int, _ plan: ValidationPlan, _ writer: RecordWriter
    ) throws {
        let index = plan.recordIndexes.ofSheets[sheet][0]
        guard let key = index.key(of: record) else { return }
        for known in try writer.records(index, key) { try writer.learnLinks(of: known.id) }
    }

    private func adopt(
        _ record: KnownRecord, _ sheet: Int, _ plan: ValidationPlan, _ attempt: Int64,
        _ writer: RecordWriter, _ adoption: inout Adoption
    ) throws {
        let origin = WorkbookRow(
            sheet: plan.definition.sheets[sheet].id, number: record.rowNumber)
        let index = plan.recordIndexes.ofSheets[sheet][0]
        guard let key = index.key(of: record) else {
            adoption.counts[sheet].nameless += 1
            return
        }
        guard let known = try writer.records(index, key).first else {
            adoption.counts[sheet].added += 1
            adoption.note([origin.sheet, "added"] + record.values)
            try writer.insert(
                Array(record.values), sheet: sheet, attempt: attempt, origin: origin,
                isNew: false)
            return
        }
        let merged = zip(record.values, known.values).map { $0 ?? $1 }
        guard merged != known.values else {
            adoption.counts[sheet].same += 1
            return
        }
        let before = zip(merged, known.values).map { $0 == $1 ? nil : $1 ?? "" }
        try writer.remember(
            before, of: known, kind: .updated, attempt: attempt, row: origin)
        try writer.change(known, to: merged, attempt: attempt, row: origin.number)
        if let now = try writer.record(uid: known.uid) {
            try writer.dropLinks(of: now, attempt: attempt, row: origin)
        }
        adoption.counts[sheet].changed += 1
        adoption.note([origin.sheet, known.uid] + before + merged)
    }
}

extension KnownRecord {
    /// The number at the end of where it is known from.
    fileprivate var rowNumber: Int {
        Int(String(origin.reversed().prefix { $0.isNumber }.reversed())) ?? 0
    }
}
