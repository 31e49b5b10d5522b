import GRDB
import Portals
import Validation

/// Finds the records of a scope that a query means.
struct RecordSearch {
    /// Their row ids in the order asked for.
    struct Found {
        var ids: [Int64] = []
        var count = 0
        var hasMore = false
    }

    private let database: Database
    private let scope: Int64
    private let query: RecordQuery

    init(_ database: Database, _ scope: Int64, _ query: RecordQuery) {
        self.database = database
        self.scope = scope
        self.query = query
    }

    func find() throws -> Found {
        query.words.isEmpty && query.standing == nil ? try whole() : try some()
    }

    // MARK: - All of a sheet

    /// Walks an index up to the page: the rows of others are not read.
    private func whole() throws -> Found {
        let own: StatementArguments = ["scope": scope, "sheet": query.sheet.id]
        let count = try self.count(
            "records WHERE scope = :scope AND sheet = :sheet AND state = 0", own)
        let page: StatementArguments = ["count": query.countMax, "first": query.first]
        var sql = """
            SELECT id FROM records WHERE scope = :scope AND sheet = :sheet AND state = 0
            ORDER BY id DESC LIMIT :count OFFSET :first
            """
        var arguments = own
        if query.order == .name {
            // The first index of every sheet is that of its key.
            let named: StatementArguments = ["name": query.sheet.key.joined(separator: "+")]
            let from = "lookups WHERE scope = :scope AND sheet = :sheet AND name = :name"
            // Those without a name, and all that an earlier Definition named, stand under none.
            if try self.count(from, own + named) == count {
                arguments += named
                sql = """
                    SELECT record FROM \(from) ORDER BY value, record LIMIT :count OFFSET :first
                    """
            }
        }
        let ids = try Int64.fetchAll(database, sql: sql, arguments: arguments + page)
        return Found(ids: ids, count: count)
    }

    private func count(_ from: String, _ arguments: StatementArguments) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(from)", arguments: arguments) ?? 0
    }

    // MARK: - Some of them

    private func some() throws -> Found {
        let most = RecordQuery.foundCountMax
        var ids = try Int64.fetchAll(database, sql: selection, arguments: try arguments)
        var found = Found(count: min(ids.count, most), hasMore: ids.count > most)
        ids = Array(ids.prefix(most))
        found.ids = Array(try sorted(ids).dropFirst(query.first).prefix(query.countMax))
        return found
    }

    private var selection: String {
        let walk = """
            SELECT id FROM records AS r WHERE scope = :scope AND sheet = :sheet
            """
        let newest = "ORDER BY id DESC LIMIT :most"
        return switch query.standing {
        case nil: "\(walk) AND state = 0 \(holdsWords) \(newest)"
        case .refused:
            "\(walk) AND state = 1 \(holdsWords) AND NOT \(Self.isTakenBack) \(newest)"
        case .takenBack: "\(walk) AND state = 1 \(holdsWords) AND \(Self.isTakenBack) \(newest)"
        case .there: "\(walk) AND state = 0 \(holdsWords) AND NOT \(Self.isWaiting) \(newest)"
        case .waiting: waiting
        }
    }

    /// From the open steps to what they are for: few wait where many are.
    private var waiting: String {
        let open = """
            attempts AS a CROSS JOIN operations AS o ON o.attempt = a.id AND o.sheet = :sheet
            AND o.state IN (0, 1, 4)
            """
        return """
            SELECT * FROM (
                SELECT DISTINCT r.id FROM \(open) CROSS JOIN records AS r
                ON r.attempt = a.id AND r.sheet = :sheet AND r.row = o.row AND r.state = 0
                AND r.row_sheet IS NULL
                WHERE a.scope = :scope \(holdsWords) LIMIT :most)
            UNION SELECT * FROM (
                SELECT DISTINCT r.id FROM \(open) CROSS JOIN changes AS c
                ON c.attempt = a.id AND c.sheet = :sheet AND c.row = o.row
                CROSS JOIN records AS r ON r.id = c.record AND r.state = 0
                WHERE a.scope = :scope \(holdsWords) LIMIT :most)
            UNION SELECT * FROM (
                SELECT r.id FROM records AS r
                WHERE scope = :scope AND sheet = :sheet AND row_sheet IS NOT NULL AND state = 0
                AND \(Self.isWaiting) \(holdsWords) LIMIT :most)
            ORDER BY 1 DESC LIMIT :most
            """
    }

    /// Whether steps are open of what made a record `r`, or changed it last.
    static let isWaiting = """
        (EXISTS (SELECT 1 FROM operations AS o WHERE o.attempt = r.attempt
            AND o.sheet = coalesce(r.row_sheet, r.sheet) AND o.row = r.row AND o.state IN (0, 1, 4))
        OR EXISTS (SELECT 1 FROM operations AS o WHERE o.attempt = r.changed
            AND o.sheet = r.sheet AND o.row = r.changed_row AND o.state IN (0, 1, 4)))
        """

    /// Whether somebody took back what made a record `r`.
    static let isTakenBack = """
        EXISTS (SELECT 1 FROM operations AS o WHERE o.attempt = r.attempt
            AND o.sheet = coalesce(r.row_sheet, r.sheet) AND o.row = r.row
            AND o.state = \(OperationState.takenBack.rawValue))
        """

    private var holdsWords: String {
        if query.words.isEmpty { return "" }
        let conditions = ["r.field_values"] + (namesFit ? [Self.values(query.sheet)] : [])
        return conditions.map { text in
            let fits = patterns.indices.map { "\(text) LIKE :like\($0) ESCAPE '!'" }
            return "AND (\(fits.joined(separator: " OR ")))"
        }.joined(separator: " ")
    }

    /// A line holds the names of fields too: whether the words may be a part of one.
    private var namesFit: Bool {
        let words = query.words.lowercased()
        return words.contains("=")
            || query.sheet.fields.contains { $0.id.lowercased().contains(words) }
    }

    /// The line of a record without the names of its fields.
    private static func values(_ sheet: SheetDefinition) -> String {
        // Ids of fields are letters, digits and `.-_`.
        sheet.fields.reduce("char(9) || r.field_values") { line, field in
            "replace(\(line), char(9) || '\(field.id)=', char(9))"
        }
    }

    /// SQLite folds the case of ASCII alone.
    private var patterns: [String] {
        let words = query.words
        if words.utf8.allSatisfy({ $0 < 0x80 }) { return [Self.pattern(words)] }
        let capital = words.prefix(1).uppercased() + words.dropFirst().lowercased()
        return [words, words.lowercased(), words.uppercased(), capital].map(Self.pattern)
    }

    private static func pattern(_ words: String) -> String {
        var line: [UInt8] = []
        TextLine.append(words, to: &line)
        let escaped = String(decoding: line, as: UTF8.self).map { letter in
            "%_!".contains(letter) ? "!\(letter)" : "\(letter)"
        }
        return "%\(escaped.joined())%"
    }

    private var arguments: StatementArguments {
        get throws {
            var values: [String: (any DatabaseValueConvertible)?] = [
                "scope": scope, "sheet": query.sheet.id, "most": RecordQuery.foundCountMax + 1,
            ]
            if !query.words.isEmpty {
                for (index, pattern) in patterns.enumerated() { values["like\(index)"] = pattern }
            }
            return StatementArguments(values)
        }
    }

    private func sorted(_ ids: [Int64]) throws -> [Int64] {
        guard query.order == .name else { return ids }
        let ofSheet = query.sheet.fields.map(\.id)
        let key = query.sheet.key.compactMap(query.sheet.fieldIndex)
        let types = query.sheet.fields.map(\.type)
        let selection = try RawStatement(
            database, "SELECT field_values FROM records WHERE id = ?")
        var names: [(name: [UInt8], id: Int64)] = []
        for id in ids {
            selection.bind(1, id)
            try selection.forEachRow { row in
                let values = FieldLine.values(row.bytes(0), of: ofSheet)
                let record = KnownRecord(values: values, origin: "")
                names.append((record.key(of: key, types: types) ?? [], id))
            }
        }
        return names.sorted {
            $0.name == $1.name ? $0.id < $1.id : $0.name.lexicographicallyPrecedes($1.name)
        }.map(\.id)
    }
}
