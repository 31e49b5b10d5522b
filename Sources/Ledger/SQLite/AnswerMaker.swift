import GRDB
import Portals
import Validation

/// Finds what a question asks for, within one transaction.
struct AnswerMaker {
    private let database: Database
    private let scope: Scope
    private let definition: Definition
    private let indexes: RecordIndexes
    private let fields: [FieldNames]
    /// By their UTF-8.
    private let sheetIDs: [[UInt8]]
    /// By the row's id, the sheet and where in `records` it stands.
    private var found: [Int64: (sheet: Int, position: Int)] = [:]
    /// By sheet, with the row's id.
    private var records: [[(id: Int64, version: Int64, record: KnownRecord)]]
    /// By attempt, then sheet: up to the number of the row.
    private var origins: [Int64: [String]] = [:]
    /// How many of them each attempt made, or changed last.
    private(set) var countByAttempt: [Int64: Int] = [:]

    init(_ database: Database, _ scope: Scope, _ definition: Definition, _ indexes: RecordIndexes) {
        self.database = database
        self.scope = scope
        self.definition = definition
        self.indexes = indexes
        fields = definition.sheets.map { FieldNames($0.fields.map(\.id)) }
        sheetIDs = definition.sheets.map { Array($0.id.utf8) }
        records = definition.sheets.map { _ in [] }
    }

    /// Those that a question asks for.
    mutating func find(_ question: KnownQuestion) throws {
        guard scope.signature == indexes.signature else { return try findAll() }
        var lookups = try RecordLookups(database, scope, sheetIDs: definition.sheets.map(\.id))
        let filled = try indexes.ofSheets.joined().filter { try lookups.hasRecords(under: $0) }
        try question.forEachLookup(in: filled) { try lookups.add($0, $1) }
        var led = try add(lookups.next())
        let named = try RawStatement(
            database, "SELECT id FROM records WHERE uid = ? AND scope = ? AND state = 0")
        named.bind(2, scope.id)
        var ids: [Int64] = []
        try question.forEachID { _, id in
            named.bind(1, text: id)
            try named.forEachRow { ids.append($0.integer(0)) }
        }
        led += try add(ids.sorted())
        for sheet in indexes.wholeSheets { try add(allOf: sheet) }
        led += try addFollowers(question)
        while !led.isEmpty {
            for (sheet, record) in led {
                for (index, key) in question.lookups(following: record, ofSheet: sheet) {
                    try lookups.add(index, key)
                }
            }
            led = try add(lookups.next())
        }
    }

    /// Those that say the names of records which rows rename, and in turn of what is called
    /// otherwise with these.
    ///
    /// - Returns: those that were not found before.
    private mutating func addFollowers(
        _ question: KnownQuestion
    ) throws -> [(sheet: Int, record: KnownRecord)] {
        var keys: [String: [UInt8]] = [:]
        question.forEachRenaming { _, id, key in keys[id] = key }
        if keys.isEmpty { return [] }
        var renamed: [(sheet: Int, record: KnownRecord)] = []
        for (sheet, records) in records.enumerated()
        where !definition.sheets[sheet].renamed.isEmpty {
            renamed += records.map(\.record).filter { record in
                record.id.flatMap { keys[$0] }.map {
                    $0 != indexes.ofSheets[sheet][0].key(of: record)
                } ?? false
            }.map { (sheet, $0) }
        }
        var added: [(sheet: Int, record: KnownRecord)] = []
        // Others than those by which records were looked up before: what was found is found again.
        var lookups = try RecordLookups(database, scope, sheetIDs: definition.sheets.map(\.id))
        while !renamed.isEmpty {
            for (sheet, record) in renamed {
                for (index, key) in question.lookups(naming: record, ofSheet: sheet) {
                    try lookups.add(index, key)
                }
            }
            let followers = try lookups.next()
            added += try add(followers)
            renamed = followers.compactMap { id in
                guard let (sheet, position) = found[id] else { return nil }
                return (sheet, records[sheet][position].record)
            }
        }
        return added
    }

    mutating func findAll() throws {
        for sheet in definition.sheets.indices { try add(allOf: sheet) }
    }

    private static let columns = """
        SELECT records.id, records.sheet, uid, field_values, changed, changed_row, version,
            knows_links
        """

    /// Records that are read together.
    private static let recordCountMax = 64

    /// - Parameter ids: rising, so that records are read as they lie.
    /// - Returns: those that were not found before.
    private mutating func add(_ ids: [Int64]) throws -> [(sheet: Int, record: KnownRecord)] {
        if ids.isEmpty { return [] }
        let statement = try RawStatement(
            database,
            """
            WITH ids (id) AS (\(RawStatement.values(from: 1, count: Self.recordCountMax)))
            \(Self.columns) FROM ids CROSS JOIN records ON records.id = ids.id
            """)
        var added: [(sheet: Int, record: KnownRecord)] = []
        for start in stride(from: 0, to: ids.count, by: Self.recordCountMax) {
            for position in 0..<Self.recordCountMax {
                let parameter = Int32(truncatingIfNeeded: position + 1)
                if start + position < ids.count {
                    statement.bind(parameter, ids[start + position])
                } else {
                    statement.bindNull(parameter)
                }
            }
            try statement.forEachRow { if let record = try add($0) { added.append(record) } }
        }
        return added
    }

    private mutating func add(allOf sheet: Int) throws {
        let all = try RawStatement(
            database,
            "\(Self.columns) FROM records WHERE scope = ? AND sheet = ? AND state = 0 ORDER BY id")
        all.bind(1, scope.id)
        all.bind(2, text: definition.sheets[sheet].id)
        try all.forEachRow { _ = try add($0) }
    }

    /// - Returns: nil for one that was found before, or of a sheet that there is no more.
    private mutating func add(
        _ row: RawStatement
    ) throws -> (sheet: Int, record: KnownRecord)? {
        if found[row.integer(0)] != nil { return nil }
        let id = row.bytes(1)
        guard let sheet = sheetIDs.firstIndex(where: { $0.elementsEqual(id) }) else { return nil }
        found[row.integer(0)] = (sheet, records[sheet].count)
        let attempt = row.integer(4)
        countByAttempt[attempt, default: 0] += 1
        let record = KnownRecord(
            values: FieldLine.values(row.bytes(3), of: fields[sheet]),
            origin: try origins(of: attempt)[sheet], row: Int(row.integer(5)), id: row.text(2),
            knowsLinks: row.integer(7) != 0)
        records[sheet].append((row.integer(0), row.integer(6), record))
        return (sheet, record)
    }

    /// Which upload, of what, when and by whom: in signs that every language reads. By sheet, up to
    /// the number of the row.
    private mutating func origins(of attempt: Int64) throws -> [String] {
        if let known = origins[attempt] { return known }
        let row = try Row.fetchOne(
            database,
            sql: "SELECT number, attempt, workbook, time, actor FROM attempts WHERE id = ?",
            arguments: [attempt])
        var origin = ""
        if let row {
            let (number, attempt, name): (Int, Int, String) = (row[0], row[1], row[2])
            let (time, actor): (String, String) = (row[3], row[4])
            origin = "#\(number).\(attempt) \(name) (\(time.prefix(10)), \(actor))"
        }
        let origins = definition.sheets.map { "\(origin), \($0.title.text(in: "en"))!A" }
        self.origins[attempt] = origins
        return origins
    }

    /// All found, each sheet's in the order in which they came.
    func known() -> KnownRecords {
        var known = KnownRecords()
        for (sheet, records) in zip(definition.sheets, records) {
            known.add(records.sorted { $0.id < $1.id }.map(\.record), of: sheet)
        }
        return known
    }

    /// Another one as soon as one of the records found is another one, or changed.
    var fingerprint: UInt64 {
        records.joined().reduce(0) { sum, entry in
            // The order in which they were found must not matter.
            var word = UInt64(bitPattern: entry.id &* 0x2545_F491_4F6C_DD1D &+ entry.version)
            word ^= word >> 29
            return sum &+ word &* 0xBF58_476D_1CE4_E5B9
        }
    }
}
