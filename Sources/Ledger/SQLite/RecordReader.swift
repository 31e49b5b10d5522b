import GRDB
import Portals

/// Reads records of a scope for people to look at, and what did something to them.
struct RecordReader {
    private let database: Database
    private let scope: LedgerScope
    private let own: Int64

    init(_ database: Database, _ scope: LedgerScope, _ own: Scope) {
        self.database = database
        self.scope = scope
        self.own = own.id
    }

    // MARK: - Records

    /// - Parameter families: of the records' sheet: what is counted of them.
    func entries(
        _ ids: [Int64], _ sheet: SheetDefinition, _ definition: Definition,
        counting families: [RecordFamily] = []
    ) throws -> [RecordEntry] {
        var origins = RecordOrigins(database, scope)
        let fields = sheet.fields.map(\.id)
        return try ids.compactMap { id in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT uid, state, field_values, attempt, row, knows_links,
                        \(RecordSearch.isWaiting) AS waits,
                        \(RecordSearch.isTakenBack) AS is_taken_back
                    FROM records AS r WHERE id = ? AND scope = ? AND sheet = ? AND state IN (0, 1)
                    """, arguments: [id, own, sheet.id])
            guard let row, let origin = try origins.origin(row["attempt"], row: row["row"])
            else { return nil }
            let line: String = row["field_values"]
            let values = FieldLine.values(Array(line.utf8), of: fields)
            let (state, waits): (Int, Bool) = (row["state"], row["waits"])
            let isTakenBack: Bool = row["is_taken_back"]
            let standing: RecordStanding =
                state == RecordState.known.rawValue
                ? waits ? .waiting : .there : isTakenBack ? .takenBack : .refused
            let knowsLinks: Bool = row["knows_links"]
            let counts = try families.map { family -> Int? in
                let count = try count(family, of: values, definition)
                // Nobody knows that there are none.
                let isTold = count != 0 || knowsLinks || !family.isOfLinks
                return isTold ? count : nil
            }
            return RecordEntry(
                id: row["uid"], values: values, standing: standing, origin: origin,
                childCounts: counts, knowsLinks: knowsLinks)
        }
    }

    func id(ofRecord uid: String) throws -> Int64? {
        try Int64.fetchOne(
            database, sql: "SELECT id FROM records WHERE uid = ? AND scope = ?",
            arguments: [uid, own])
    }

    /// The first that the rows of an upload made of a sheet.
    func id(madeBy upload: UploadID, _ sheet: SheetDefinition) throws -> Int64? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT r.id FROM attempts AS a CROSS JOIN records AS r
                ON r.attempt = a.id AND r.sheet = ? AND r.state IN (0, 1)
                WHERE a.scope = ? AND a.number = ? AND a.attempt = ? ORDER BY r.row LIMIT 1
                """, arguments: [sheet.id, own, upload.number, upload.attempt])
    }

    /// The values of a record that is known.
    func values(ofRecord id: Int64, _ sheet: SheetDefinition) throws -> [String?]? {
        try String.fetchOne(
            database, sql: "SELECT field_values FROM records WHERE id = ? AND state = 0",
            arguments: [id]
        ).map { FieldLine.values(Array($0.utf8), of: sheet.fields.map(\.id)) }
    }

    // MARK: - What refers to them

    /// Nil where nobody keeps them under what they refer to.
    private func count(
        _ family: RecordFamily, of values: [String?], _ definition: Definition
    ) throws -> Int? {
        guard let key = family.key(of: values) else { return nil }
        let isKept = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM lookups WHERE scope = ? AND sheet = ? AND name = ?)",
            arguments: [own, definition.sheets[family.sheet].id, family.indexName])
        guard isKept == true else { return nil }
        return try lookUp("SELECT count(*)", "", family, key, definition).first.map(Int.init)
    }

    /// Their row ids, in the order in which they came.
    func children(
        _ family: RecordFamily, of values: [String?], _ definition: Definition, countMax: Int
    ) throws -> [Int64] {
        guard let key = family.key(of: values) else { return [] }
        return try lookUp(
            "SELECT record", "ORDER BY record LIMIT \(countMax)", family, key, definition)
    }

    /// What else links join that were found by one end.
    func joined(_ link: [String?], _ family: RecordFamily) throws -> [String: String] {
        let statement = try RawStatement(
            database,
            """
            SELECT uid FROM lookups JOIN records ON records.id = lookups.record
            WHERE lookups.scope = ? AND lookups.sheet = ? AND name = ? AND value = ?
            ORDER BY records.id DESC
            """)
        var joined: [String: String] = [:]
        for end in family.others {
            guard let key = end.key(of: link) else { continue }
            statement.bind(1, own)
            statement.bind(2, text: end.sheet)
            statement.bind(3, text: end.indexName)
            statement.bind(4, blob: key)
            // Of several the first that came.
            try statement.forEachRow { joined[end.sheet] = $0.text(0) }
        }
        return joined
    }

    private func lookUp(
        _ selection: String, _ order: String, _ family: RecordFamily, _ key: [UInt8],
        _ definition: Definition
    ) throws -> [Int64] {
        let statement = try RawStatement(
            database,
            """
            \(selection) FROM lookups
            WHERE scope = ? AND sheet = ? AND name = ? AND value = ? \(order)
            """)
        statement.bind(1, own)
        statement.bind(2, text: definition.sheets[family.sheet].id)
        statement.bind(3, text: family.indexName)
        statement.bind(4, blob: key)
        var found: [Int64] = []
        try statement.forEachRow { found.append($0.integer(0)) }
        return found
    }

    // MARK: - What happened

    func events(
        ofRecord id: Int64, _ sheet: SheetDefinition, countMax: Int
    ) throws -> [RecordEvent] {
        var origins = RecordOrigins(database, scope)
        let fields = sheet.fields.map(\.id)
        // What made it stands in the record itself.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, attempt, sheet, row, kind, field_values, state, step FROM changes
                WHERE record = :record
                -- Of what made it, what is done once is a step like its own.
                AND NOT (step IS NOT NULL AND state = 0
                    AND attempt = (SELECT attempt FROM records WHERE id = :record))
                UNION ALL
                SELECT 0, attempt, coalesce(row_sheet, sheet), row, 0, '', state = 1, NULL
                FROM records
                WHERE id = :record
                ORDER BY 1 DESC LIMIT :count
                """, arguments: ["record": id, "count": countMax])
        return try rows.compactMap { row -> RecordEvent? in
            let place: (attempt: Int64, row: Int) = (row["attempt"], row["row"])
            guard let kind = RecordChange.Kind(rawValue: row["kind"]),
                let origin = try origins.origin(place.attempt, row: place.row)
            else { return nil }
            let line: String = row["field_values"]
            let before = FieldLine.values(Array(line.utf8), of: fields).enumerated().compactMap {
                index, value in value.map { (index, $0) }
            }
            // Taken back, its values are what it had made of the record.
            let isTakenBack: Bool = row["state"]
            let step: Int? = row["step"]
            var steps =
                try step.map { try self.steps(place.attempt, "", $0) }
                ?? self.steps(place.attempt, row["sheet"], place.row)
            if kind == .created { steps += try onceSteps(place.attempt, ofRecord: id) }
            return RecordEvent(
                kind: kind, origin: origin,
                before: isTakenBack ? [:] : Dictionary(uniqueKeysWithValues: before),
                isTakenBack: isTakenBack, steps: steps)
        }
    }

    /// What is done once for what made a record.
    private func onceSteps(_ attempt: Int64, ofRecord id: Int64) throws -> [OperationEntry] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM operations WHERE attempt = ?1 AND sequence IN (
                    SELECT step FROM changes WHERE record = ?2 AND attempt = ?1 AND state = 0)
                ORDER BY sequence
                """, arguments: [attempt, id]
        ).map(OperationEntry.init)
    }

    private func steps(_ attempt: Int64, _ sheet: String, _ row: Int) throws -> [OperationEntry] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM operations WHERE attempt = ? AND sheet = ? AND row = ?
                ORDER BY sequence
                """, arguments: [attempt, sheet, row]
        ).map(OperationEntry.init)
    }

    func steps(ofSheet sheet: String, first: Int, countMax: Int) throws -> [RecordStep] {
        var origins = RecordOrigins(database, scope)
        // Each attempt by itself: its own index has them in order.
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT o.* FROM attempts AS a CROSS JOIN operations AS o
                ON o.attempt = a.id AND o.sheet = ?
                WHERE a.scope = ? ORDER BY a.id DESC, o.row, o.sequence LIMIT ? OFFSET ?
                """, arguments: [sheet, own, countMax, first])
        return try rows.compactMap { row in
            guard let origin = try origins.origin(row["attempt"], row: row["row"]) else {
                return nil
            }
            return RecordStep(step: OperationEntry(row), origin: origin)
        }
    }
}

/// Uploads by the id of their attempt, each read once.
private struct RecordOrigins {
    private let database: Database
    private let scope: LedgerScope
    private var rows: [Int64: Row] = [:]

    init(_ database: Database, _ scope: LedgerScope) {
        self.database = database
        self.scope = scope
    }

    mutating func origin(_ attempt: Int64, row number: Int) throws -> RecordOrigin? {
        let known = try rows[attempt] ?? read(attempt)
        guard let row = known else { return nil }
        rows[attempt] = row
        return RecordOrigin(
            attempt: UploadID(number: row["number"], attempt: row["attempt"]),
            workbookName: row["workbook"], rowNumber: number,
            stamp: Stamp(actor: row["actor"], time: row["time"]), upload: row["upload"],
            isAdopted: (row["kind"] as String) == "adoption")
    }

    private func read(_ attempt: Int64) throws -> Row? {
        try Row.fetchOne(
            database,
            sql: """
                SELECT number, attempt, workbook, actor, time, kind, (
                    SELECT id FROM uploads WHERE reseller = ? AND portal = ?
                    AND uploads.attempt = attempts.number || '.' || attempts.attempt) AS upload
                FROM attempts WHERE id = ?
                """, arguments: [scope.reseller, scope.portal, attempt])
    }
}
