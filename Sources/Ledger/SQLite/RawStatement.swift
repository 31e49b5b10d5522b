import GRDB
import GRDBSQLite

/// A statement whose values are bound and read without an object each, for what is done a hundred
/// thousand times in a transaction.
struct RawStatement {
    private let statement: Statement
    private var raw: OpaquePointer { statement.sqliteStatement }

    init(_ database: Database, _ sql: String) throws {
        statement = try database.makeStatement(sql: sql)
    }

    /// Binds values from the first parameter on; each kind by its own call.
    func bind(_ position: Int32, _ value: Int64) { sqlite3_bind_int64(raw, position, value) }

    func bind(_ position: Int32, _ value: Int) { bind(position, Int64(value)) }

    func bind(_ position: Int32, text: String) {
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                let count = Int32(clamping: characters.count)
                _ = sqlite3_bind_text(raw, position, characters.baseAddress, count, Self.copied)
            }
        }
    }

    /// - Parameter bytes: UTF-8.
    func bind(_ position: Int32, utf8 bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { bytes in
            let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            let count = Int32(clamping: bytes.count)
            // Without a byte there is no address, and SQLite would take it for NULL.
            if let start {
                _ = sqlite3_bind_text(raw, position, start, count, Self.copied)
            } else {
                bind(position, text: "")
            }
        }
    }

    func bind(_ position: Int32, blob bytes: [UInt8]) {
        _ = bytes.withUnsafeBytes { bytes in
            if let start = bytes.baseAddress {
                sqlite3_bind_blob(raw, position, start, Int32(clamping: bytes.count), Self.copied)
            } else {
                sqlite3_bind_zeroblob(raw, position, 0)
            }
        }
    }

    /// - Parameter bytes: must stay where they are until the statement was run.
    func bind(_ position: Int32, unownedBlob bytes: UnsafeRawBufferPointer) {
        // Without a byte there may be no address, and SQLite would take it for NULL.
        if bytes.isEmpty {
            sqlite3_bind_zeroblob(raw, position, 0)
        } else {
            sqlite3_bind_blob(raw, position, bytes.baseAddress, Int32(clamping: bytes.count), nil)
        }
    }

    func bindNull(_ position: Int32) { sqlite3_bind_null(raw, position) }

    /// Parameters as the rows of a table of one column.
    static func values(from first: Int, count: Int) -> String {
        "VALUES " + (first..<first + count).map { "(?\($0))" }.joined(separator: ",")
    }

    /// Runs a statement that returns nothing.
    func run() throws { while try step() {} }

    /// Hands out each row that comes; columns count from 0.
    func forEachRow(_ body: (RawStatement) throws -> Void) throws {
        defer { sqlite3_reset(raw) }
        while try step() { try body(self) }
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(raw, column) }

    func bytes(_ column: Int32) -> UnsafeBufferPointer<UInt8> {
        let count = Int(sqlite3_column_bytes(raw, column))
        let start = sqlite3_column_blob(raw, column)?.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: start, count: start == nil ? 0 : count)
    }

    func text(_ column: Int32) -> String { String(decoding: bytes(column), as: UTF8.self) }

    /// - Returns: whether a row came.
    private func step() throws -> Bool {
        switch sqlite3_step(raw) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(raw)
            return false
        case let code:
            let message = String(cString: sqlite3_errmsg(sqlite3_db_handle(raw)))
            sqlite3_reset(raw)
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
    }

    /// SQLite makes its own copy of what is bound (SQLITE_TRANSIENT).
    private static var copied: sqlite3_destructor_type {
        unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
