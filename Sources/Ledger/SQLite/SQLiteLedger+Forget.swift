import Crypto
import GRDB
import Glibc

extension SQLiteLedger {
    package func places(of value: String, of reseller: String) throws -> [ValuePlace] {
        try read { try places(of: value, of: reseller, $0) }
    }

    package func forget(
        _ value: String, of reseller: String, by stamp: Stamp
    ) throws -> [ValuePlace] {
        let found = try write { database in
            let found = try places(of: value, of: reseller, database)
            for place in found where place.kind == .record {
                try forget(value, inRecord: place.name, database)
            }
            for place in found where place.kind == .files {
                try forget(value, inStepsOf: place.name, database)
            }
            let scope = LedgerScope(reseller: reseller, portal: "")
            let digest = try digest(of: value, database)
            try log(
                "forget", digest, outcome: "places=\(found.count)", scope, stamp, database)
            return found
        }
        for place in found where place.kind == .files {
            KeptFiles(ofLedger: path, name: place.name).remove()
        }
        return found
    }

    package func expireFiles(before time: String, in scope: LedgerScope? = nil) throws -> Int {
        let names = try read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM attempts JOIN scopes ON scopes.id = attempts.scope
                    WHERE name <> '' AND time < ?
                    AND (? IS NULL OR reseller = ? AND portal = ?)
                    """, arguments: [time, scope?.reseller, scope?.reseller, scope?.portal])
        }.filter { access(KeptFiles(ofLedger: path, name: $0).folder, F_OK) == 0 }
        for name in names { KeptFiles(ofLedger: path, name: name).remove() }
        return names.count
    }

    private func places(
        of value: String, of reseller: String, _ database: Database
    ) throws -> [ValuePlace] {
        let wanted = value.lowercased()
        var places: [ValuePlace] = []
        let records = try Row.fetchCursor(
            database,
            sql: """
                SELECT uid, field_values FROM records JOIN scopes ON scopes.id = records.scope
                WHERE scopes.reseller = ?
                UNION ALL
                SELECT uid, changes.field_values FROM changes
                JOIN records ON records.id = changes.record
                JOIN scopes ON scopes.id = records.scope WHERE scopes.reseller = ?
                """, arguments: [reseller, reseller])
        while let row = try records.next() {
            let (id, line): (String, String) = (row[0], row[1])
            let place = ValuePlace(kind: .record, name: id, upload: nil)
            if FieldLine.holds(line.utf8, wanted), !places.contains(place) { places.append(place) }
        }
        for attempt in try attempts(database, "WHERE scopes.reseller = ?", [reseller]) {
            let files = KeptFiles(ofLedger: path, name: attempt.name)
            guard !attempt.name.isEmpty, access(files.rowsPath, F_OK) == 0 else { continue }
            var isThere = false
            try files.forEachRow { row in
                if !isThere { isThere = FieldLine.holds(row.values, wanted) }
            }
            guard isThere else { continue }
            places.append(ValuePlace(kind: .files, name: attempt.name, upload: attempt.id))
            places.append(ValuePlace(kind: .outcome, name: attempt.folder, upload: attempt.id))
        }
        return places
    }

    private func forget(_ value: String, inRecord id: String, _ database: Database) throws {
        func forgotten(_ line: String) -> String {
            var kept: [UInt8] = []
            FieldLine.forEach(line.utf8) { field, found in
                let isIt = found.lowercased() == value.lowercased()
                FieldLine.append(field, isIt ? "".utf8 : found.utf8, to: &kept)
            }
            return String(decoding: kept, as: UTF8.self)
        }
        let rows = try Row.fetchAll(
            database, sql: "SELECT id, scope, field_values FROM records WHERE uid = ?",
            arguments: [id])
        for row in rows {
            let (record, scope, line): (Int64, Int64, String) = (row[0], row[1], row[2])
            try database.execute(
                sql: "UPDATE records SET field_values = ?, version = version + 1 WHERE id = ?",
                arguments: [forgotten(line), record])
            try database.execute(
                sql: "DELETE FROM lookups WHERE scope = ? AND record = ?",
                arguments: [scope, record])
            // Whoever writes next makes the lookups anew; until then all records are read.
            try database.execute(
                sql: "UPDATE scopes SET signature = '', revision = revision + 1 WHERE id = ?",
                arguments: [scope])
            let changes = try Row.fetchAll(
                database, sql: "SELECT id, field_values FROM changes WHERE record = ?",
                arguments: [record])
            for change in changes {
                let (id, before): (Int64, String) = (change[0], change[1])
                try database.execute(
                    sql: "UPDATE changes SET field_values = ? WHERE id = ?",
                    arguments: [forgotten(before), id])
            }
        }
    }

    /// Names of steps are made of keys: those of rows that held the value lose them.
    private func forget(
        _ value: String, inStepsOf name: String, _ database: Database
    ) throws {
        let wanted = value.lowercased()
        try KeptFiles(ofLedger: path, name: name).forEachRow { row in
            guard FieldLine.holds(row.values, wanted) else { return }
            try database.execute(
                sql: """
                    UPDATE operations SET name = operation || '/-', note = NULL
                    WHERE sheet = ? AND row = ?
                        AND attempt = (SELECT id FROM attempts WHERE attempts.name = ?)
                    """, arguments: [row.sheet, row.rowNumber, name])
            try database.execute(
                sql: """
                    UPDATE fallen SET note = NULL WHERE (attempt, sequence) IN (
                        SELECT attempt, sequence FROM operations WHERE sheet = ? AND row = ?
                        AND attempt = (SELECT id FROM attempts WHERE attempts.name = ?))
                    """, arguments: [row.sheet, row.rowNumber, name])
        }
    }

    /// What stands for a value in the audit: nobody without the ledger's secret can try values.
    private func digest(of value: String, _ database: Database) throws -> String {
        let secret: [UInt8] =
            try Row.fetchOne(
                database, sql: "SELECT hex(value) FROM secrets WHERE name = 'audit'"
            ).map { Hexadecimal.bytes(($0[0] as String).utf8) } ?? []
        let code = HMAC<SHA256>.authenticationCode(
            for: Array(value.lowercased().utf8), using: SymmetricKey(data: secret))
        return Hexadecimal.text(code)
    }
}

extension FieldLine {
    /// Whether a field holds a value, whatever the case of its letters.
    fileprivate static func holds(_ line: some Collection<UInt8>, _ value: String) -> Bool {
        var isThere = false
        forEach(line) { _, found in if found.lowercased() == value { isThere = true } }
        return isThere
    }
}
