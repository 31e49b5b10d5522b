import GRDB

// What the administrator of a site allows.
extension SQLiteLedger {
    package func limits(of reseller: String?) throws -> [UploadLimit: Int] {
        try read { try limits(of: reseller, $0) }
    }

    package func resellersWithLimits() throws -> [String] {
        try read { database in
            try String.fetchAll(
                database,
                sql: "SELECT DISTINCT reseller FROM limits WHERE reseller <> '' ORDER BY reseller")
        }
    }

    package func setLimits(
        _ limits: [UploadLimit: Int], of reseller: String?, by stamp: Stamp, of own: String
    ) throws {
        try write { database in
            let before = try self.limits(of: reseller, database)
            guard limits != before else { return }
            try database.execute(
                sql: "DELETE FROM limits WHERE reseller = ?", arguments: [reseller ?? ""])
            for (limit, value) in limits {
                try database.execute(
                    sql: "INSERT INTO limits (reseller, name, value) VALUES (?, ?, ?)",
                    arguments: [reseller ?? "", limit.rawValue, value])
            }
            let outcome = UploadLimit.allCases.filter { limits[$0] != before[$0] }.map { limit in
                let values = [before[limit], limits[limit]].map { $0.map(String.init) ?? "-" }
                return "\(limit.rawValue)=\(values.joined(separator: "→"))"
            }
            for history in Set([own, reseller ?? own]).sorted() {
                try log(
                    "limits", reseller ?? "*", outcome: outcome.joined(separator: " "),
                    LedgerScope(reseller: history, portal: ""), stamp, database)
            }
        }
    }

    private func limits(
        of reseller: String?, _ database: Database
    ) throws -> [UploadLimit: Int] {
        var limits: [UploadLimit: Int] = [:]
        let rows = try Row.fetchAll(
            database, sql: "SELECT name, value FROM limits WHERE reseller = ?",
            arguments: [reseller ?? ""])
        for row in rows {
            if let limit = UploadLimit(rawValue: row["name"]) { limits[limit] = row["value"] }
        }
        return limits
    }
}
