import Synchronization

/// How many rows of each upload were read, as workers tell it.
final class UploadProgress: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func set(_ count: Int, of upload: String) { counts.withLock { $0[upload] = count } }

    func rowCount(of upload: String) -> Int { counts.withLock { $0[upload] ?? 0 } }

    func forget(_ upload: String) { counts.withLock { $0[upload] = nil } }
}
