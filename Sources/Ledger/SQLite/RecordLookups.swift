import GRDB
import Validation

/// Finds records by what they are looked up by, many keys at a time.
///
/// A statement a key spends more on its beginning and end than on looking: with many keys in one
/// its cursor stays where it is, and the pages above the leaves are not asked for again.
struct RecordLookups {
    /// Keys that are looked up together.
    private static let keyCountMax = 64

    /// Keys that wait for being looked up.
    private struct Waiting {
        let index: RecordIndex
        /// Whether any record is kept under the index.
        let isFilled: Bool
        var keys: [UInt8] = []
        /// Where each key ends in `keys`.
        var ends: [Int] = []
    }

    private let database: Database
    private let scope: Int64
    private let sheetIDs: [String]
    private let statement: RawStatement
    /// What the statement is bound to, by its position in `waiting`.
    private var bound: Int?
    /// By index, of which there are a few.
    private var waiting: [Waiting] = []
    private var seen: Set<Int64> = []
    /// Records that were found and not yet handed out.
    private var found: [Int64] = []

    init(_ database: Database, _ scope: Scope, sheetIDs: [String]) throws {
        self.database = database
        self.scope = scope.id
        self.sheetIDs = sheetIDs
        statement = try RawStatement(
            database,
            """
            WITH keys (value) AS (\(RawStatement.values(from: 4, count: Self.keyCountMax)))
            SELECT record FROM keys CROSS JOIN lookups
            WHERE scope = ?1 AND sheet = ?2 AND name = ?3 AND lookups.value = keys.value
            """)
        statement.bind(1, scope.id)
    }

    /// Whether any record is kept under an index.
    mutating func hasRecords(under index: RecordIndex) throws -> Bool {
        waiting[try position(of: index)].isFilled
    }

    /// Looks a key up, now or with those that follow.
    mutating func add(_ index: RecordIndex, _ key: [UInt8]) throws {
        let position = try position(of: index)
        guard waiting[position].isFilled else { return }
        waiting[position].keys += key
        waiting[position].ends.append(waiting[position].keys.count)
        if waiting[position].ends.count == Self.keyCountMax { try lookUp(position) }
    }

    /// The records found since it was asked last, each once, rising.
    mutating func next() throws -> [Int64] {
        for position in waiting.indices where !waiting[position].ends.isEmpty {
            try lookUp(position)
        }
        defer { found.removeAll(keepingCapacity: true) }
        return found.sorted()
    }

    private mutating func position(of index: RecordIndex) throws -> Int {
        if let position = waiting.firstIndex(where: { $0.index == index }) { return position }
        let isFilled = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM lookups WHERE scope = ? AND sheet = ? AND name = ?)",
            arguments: [scope, sheetIDs[index.sheet], index.name])
        waiting.append(Waiting(index: index, isFilled: isFilled ?? false))
        return waiting.count - 1
    }

    private mutating func lookUp(_ position: Int) throws {
        let index = waiting[position].index
        if bound != position {
            statement.bind(2, text: sheetIDs[index.sheet])
            statement.bind(3, text: index.name)
            bound = position
        }
        let ends = waiting[position].ends
        try waiting[position].keys.withUnsafeBytes { keys in
            var start = 0
            for number in 0..<Self.keyCountMax {
                let parameter = Int32(truncatingIfNeeded: number + 4)
                guard number < ends.count else {
                    statement.bindNull(parameter)
                    continue
                }
                statement.bind(
                    parameter,
                    unownedBlob: UnsafeRawBufferPointer(rebasing: keys[start..<ends[number]]))
                start = ends[number]
            }
            try statement.forEachRow { row in
                let record = row.integer(0)
                if seen.insert(record).inserted { found.append(record) }
            }
        }
        waiting[position].keys.removeAll(keepingCapacity: true)
        waiting[position].ends.removeAll(keepingCapacity: true)
    }
}
