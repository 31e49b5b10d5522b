import Glibc

/// The system refused something that judging a file in a process of its own needs.
package struct WorkerError: Error, Equatable {
    /// What was asked for: `limits`, `pipe`, `start`.
    package var what: String
    /// The system's error number.
    package var errno: Int32

    /// - Parameter errno: the number; nil: the one of the last call.
    static func system(_ what: String, errno number: Int32? = nil) -> WorkerError {
        WorkerError(what: what, errno: number ?? Glibc.errno)
    }
}
