import Synchronization
import Workers

/// How far each upload is, as workers tell it.
final class UploadProgress: Sendable {
    private let sights = Mutex<[String: WorkerSight]>([:])

    func set(_ sight: WorkerSight, of upload: String) { sights.withLock { $0[upload] = sight } }

    func sight(of upload: String) -> WorkerSight? { sights.withLock { $0[upload] } }

    func forget(_ upload: String) { sights.withLock { $0[upload] = nil } }
}
