import GRDB
import Validation

/// A scope's own row.
struct Scope {
    let id: Int64
    let revision: Int
    let signature: String

    /// Nil for a scope that nothing is remembered of.
    init?(_ scope: LedgerScope, in database: Database) throws {
        let row = try Row.fetchOne(
            database,
            sql: "SELECT id, revision, signature FROM scopes WHERE reseller = ? AND portal = ?",
            arguments: [scope.reseller, scope.portal])
        guard let row else { return nil }
        id = row[0]
        revision = row[1]
        signature = row[2]
    }

    /// Makes a scope where there is none, and brings `lookups` up to the Definition.
    static func make(
        _ scope: LedgerScope, _ plan: ValidationPlan, in database: Database
    ) throws -> Scope {
        try database.execute(
            sql: "INSERT OR IGNORE INTO scopes (reseller, portal) VALUES (?, ?)",
            arguments: [scope.reseller, scope.portal])
        guard let found = try Scope(scope, in: database) else {
            throw DatabaseError(resultCode: .SQLITE_INTERNAL, message: "no scope")
        }
        if found.signature != plan.recordIndexes.signature {
            try RecordWriter(database, found.id, plan).makeLookupsAnew()
            try database.execute(
                sql: "UPDATE scopes SET signature = ? WHERE id = ?",
                arguments: [plan.recordIndexes.signature, found.id])
        }
        return found
    }

    /// Says that what is known has changed.
    func touch(_ database: Database) throws {
        try database.execute(
            sql: "UPDATE scopes SET revision = revision + 1 WHERE id = ?", arguments: [id])
    }
}
