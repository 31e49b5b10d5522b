import GRDB
import Glibc

/// The memory in one SQLite file, with a folder of kept files beside it.
///
/// Reading never waits and never changes the file. A connection that may write is there only while
/// the `ApplicationLock` is held; what it commits is on the disk (`synchronous=FULL`).
package struct SQLiteLedger: Ledger {
    package enum Mode: Sendable {
        /// The file must be there.
        case reading
        /// The file is made when absent.
        case making
        /// The file must be there.
        case writing
    }

    /// Milliseconds that a writer who is through waits for those who read. They may read for long,
    /// and what they hold up is only that the log is emptied: the next writer does it.
    private static let checkpointWaitMax = 50

    package let path: String
    private let reader: DatabaseQueue

    /// - Throws: `LedgerError`.
    package init(path: String, _ mode: Mode) throws {
        self.path = path
        let isThere = access(path, F_OK) == 0
        if !isThere && mode != .making { throw LedgerError(.absent, path: path) }
        if !isThere { try Self.makePrivate(path) }
        if mode != .reading, try Self.needsMigration(path) {
            try Self.writing(to: path) { queue in
                if try Self.needsMigration(queue, path) { try Migrations.all.migrate(queue) }
            }
        }
        reader = try Self.opened(path)
        guard try !Self.needsMigration(reader, path) else {
            throw LedgerError(.unreadable, path: path, found: "not a ledger of this version")
        }
    }

    /// Looks before anything is written: what a newer Rowgate made is left as it is.
    static func needsMigration(_ path: String) throws -> Bool {
        var status = stat()
        // A file without a byte is one that was never finished.
        if stat(path, &status) == 0 && status.st_size == 0 { return true }
        do {
            return try needsMigration(try opened(path), path)
        } catch let error as LedgerError where error.problem == .unfinished {
            return true
        }
    }

    private static func needsMigration(_ queue: DatabaseQueue, _ path: String) throws -> Bool {
        try reading(path) {
            try queue.read { database in
                // A first look holds the state that all others see. GRDB looks for its table
                // twice, and somebody may be making this ledger just now.
                _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema")
                if try Migrations.all.hasBeenSuperseded(database) {
                    throw LedgerError(.newer, path: path)
                }
                return try !Migrations.all.hasCompletedMigrations(database)
            }
        }
    }

    private static func opened(_ path: String) throws -> DatabaseQueue {
        try reading(path) {
            try DatabaseQueue(path: path, configuration: configuration(isReadOnly: true))
        }
    }

    /// Nobody else on the machine may read the names and addresses of customers.
    private static func makePrivate(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LedgerError(.cannotWrite, path: path, found: String(cString: strerror(errno)))
        }
        close(descriptor)
    }

    // MARK: - Transactions

    /// One consistent state, however long it is looked at.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.reading(path) { try reader.read(body) }
    }

    /// All of it, or nothing.
    func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
        try Self.writing(to: path) { queue in
            var result: Result?
            try queue.inTransaction(.immediate) { database in
                result = try body(database)
                return .commit
            }
            guard let result else { throw LedgerError(.unreadable, path: path) }
            return result
        }
    }

    private static func writing<Result>(
        to path: String, _ body: (DatabaseQueue) throws -> Result
    ) throws -> Result {
        let lock = try ApplicationLock(ofLedger: path)
        let result = Swift.Result {
            try naming(path) {
                let queue = try DatabaseQueue(
                    path: path, configuration: configuration(isReadOnly: false))
                // Opening sets it to NORMAL, and what is not on the disk was not accepted.
                try queue.inDatabase { try $0.execute(sql: "PRAGMA synchronous=FULL") }
                let result = Swift.Result { try body(queue) }
                // Before the lock goes. A copy of the file alone has all of it from here on; where
                // that fails, what was committed is in the log beside it.
                _ = Swift.Result {
                    _ = try queue.inDatabase { database in
                        try database.execute(sql: "PRAGMA busy_timeout=\(checkpointWaitMax)")
                        try database.checkpoint(.truncate)
                    }
                    try queue.close()
                }
                return try result.get()
            }
        }
        lock.release()
        return try result.get()
    }

    private static func configuration(isReadOnly: Bool) -> Configuration {
        var configuration = Configuration()
        configuration.readonly = isReadOnly
        configuration.busyMode = .timeout(5)
        if !isReadOnly { configuration.journalMode = .wal }
        configuration.prepareDatabase { database in
            try database.execute(
                sql: "PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; "
                    + "PRAGMA cache_size=-65536")
        }
        return configuration
    }

    /// What keeps something from being read is no matter of writing.
    private static func reading<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try naming(path, body)
        } catch let error as LedgerError where error.problem == .cannotWrite {
            throw LedgerError(.unreadable, path: path, found: error.found)
        }
    }

    /// Says of SQLite's errors what they mean here.
    private static func naming<Result>(
        _ path: String, _ body: () throws -> Result
    ) throws -> Result {
        do {
            return try body()
        } catch let error as DatabaseError {
            let found = error.message ?? "\(error.resultCode)"
            let problem: LedgerError.Problem =
                switch error.resultCode.primaryResultCode {
                case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
                case .SQLITE_READONLY: .unfinished
                case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_SCHEMA, .SQLITE_ERROR: .unreadable
                default: .cannotWrite
                }
            throw LedgerError(problem, path: path, found: found)
        }
    }
}
