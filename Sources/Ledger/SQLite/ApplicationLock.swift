import Glibc

/// Lets one process at a time write: whoever holds the lock on the file beside the ledger.
///
/// SQLite before 3.51.3 can lose what one connection commits while another one makes a checkpoint;
/// with one writer at a time there is no such moment.
struct ApplicationLock: ~Copyable {
    /// Milliseconds that a writer waits for others. A hundred imports in a row take a third of it.
    static let waitMax = 60_000
    private static let pause = 5

    private let descriptor: Int32

    /// - Throws: `LedgerError` with `cannotWrite`, or `busy` for one that waited in vain.
    init(ofLedger ledger: String) throws {
        let path = "\(ledger).lock"
        descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw LedgerError(.cannotWrite, path: path, found: String(cString: strerror(errno)))
        }
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let reason = String(cString: strerror(errno))
                close(descriptor)
                throw LedgerError(.cannotWrite, path: path, found: reason)
            }
            guard waited < Self.waitMax else {
                close(descriptor)
                throw LedgerError(.busy, path: ledger)
            }
            usleep(UInt32(Self.pause * 1_000))
            waited += Self.pause
        }
    }

    consuming func release() {}

    deinit { close(descriptor) }
}
