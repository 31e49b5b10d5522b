import GRDB
package import Portals

extension SQLiteLedger {
    package func recordCounts(in scope: LedgerScope) throws -> [String: Int] {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return [:] }
            let rows = try Row.fetchAll(
                database,
                sql: """
                    SELECT sheet, count(*) FROM records WHERE scope = ? AND state = 0
                    GROUP BY sheet
                    """, arguments: [own.id])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
        }
    }

    package func records(
        _ query: RecordQuery, of definition: Definition, in scope: LedgerScope
    ) throws -> RecordPage {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return RecordPage() }
            let found = try RecordSearch(database, own.id, query).find()
            let families =
                query.countsChildren ? RecordFamily.all(of: query.sheet, in: definition) : []
            let entries = try RecordReader(database, scope, own).entries(
                found.ids, query.sheet, definition, counting: families)
            return RecordPage(entries: entries, count: found.count, hasMore: found.hasMore)
        }
    }

    package func record(
        _ id: String, ofSheet sheet: SheetDefinition, of definition: Definition,
        in scope: LedgerScope
    ) throws -> RecordEntry? {
        try record(sheet, definition, scope) { try $0.id(ofRecord: id) }
    }

    package func record(
        madeBy upload: UploadID, ofSheet sheet: SheetDefinition, of definition: Definition,
        in scope: LedgerScope
    ) throws -> RecordEntry? {
        try record(sheet, definition, scope) { try $0.id(madeBy: upload, sheet) }
    }

    private func record(
        _ sheet: SheetDefinition, _ definition: Definition, _ scope: LedgerScope,
        row: (RecordReader) throws -> Int64?
    ) throws -> RecordEntry? {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return nil }
            let reader = RecordReader(database, scope, own)
            guard let row = try row(reader) else { return nil }
            return try reader.entries([row], sheet, definition).first
        }
    }

    package func history(
        ofRecord id: String, _ sheet: SheetDefinition, in scope: LedgerScope, countMax: Int
    ) throws -> [RecordEvent] {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return [] }
            let reader = RecordReader(database, scope, own)
            guard let row = try reader.id(ofRecord: id) else { return [] }
            return try reader.events(ofRecord: row, sheet, countMax: countMax)
        }
    }

    package func children(
        ofRecord id: String, _ family: RecordFamily, of definition: Definition,
        in scope: LedgerScope, countMax: Int
    ) throws -> [RecordEntry] {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return [] }
            let reader = RecordReader(database, scope, own)
            guard let row = try reader.id(ofRecord: id),
                let values = try reader.values(ofRecord: row, family.parent)
            else { return [] }
            let ids = try reader.children(family, of: values, definition, countMax: countMax)
            return try reader.entries(ids, definition.sheets[family.sheet], definition).map {
                var entry = $0
                entry.joined = try reader.joined(entry.values, family)
                return entry
            }
        }
    }

    package func steps(
        ofSheet sheet: String, in scope: LedgerScope, first: Int, countMax: Int
    ) throws -> [RecordStep] {
        try read { database in
            guard let own = try Scope(scope, in: database) else { return [] }
            return try RecordReader(database, scope, own).steps(
                ofSheet: sheet, first: first, countMax: countMax)
        }
    }
}
