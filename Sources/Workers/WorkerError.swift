import Glibc

/// The system refused something that judging a file in a process of its own needs.
package struct WorkerError: Error, Equatable {
    /// What was asked for: `limits`, `pipe`, `start`.
    package var what: String
    /// The system's error number.
    package var errno: Int32

    /// Whether the machine has no more of something for now: processes, files or memory.
    package var isShortage: Bool { [EAGAIN, ENOMEM, EMFILE, ENFILE].contains(errno) }

    /// - Parameter errno: the number; nil: the one of the last call.
    static func system(_ what: String, errno number: Int32? = nil) -> WorkerError {
        WorkerError(what: what, errno: number ?? Glibc.errno)
    }
}
