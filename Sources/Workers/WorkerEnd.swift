package import Catalogue

/// How a worker ended.
package enum WorkerEnd: Sendable, Equatable {
    /// By itself, with an exit status.
    case exited(Int32)
    /// It broke down.
    case crashed(signal: Int32)
    /// It was ended at one of its limits.
    case limited(WorkerLimit)
    /// Nobody wanted it any more.
    case stopped

    /// The code of the file that was judged; nil for a worker that ended by itself.
    package var code: Code? {
        switch self {
        case .exited, .stopped: nil
        case .crashed: .workerCrashed
        case .limited: .workerLimit
        }
    }
}

/// A limit at which a worker is ended.
package enum WorkerLimit: String, Sendable, CaseIterable {
    case wallTime, processorTime, memory, fileSize
}

/// All that is known of a worker that has ended.
package struct WorkerReport: Sendable {
    package var end: WorkerEnd
    /// The last of what it said on standard error.
    package var said: String
    package var cost: WorkerCost
}

/// What a worker took.
package struct WorkerCost: Sendable, Equatable {
    /// Of all threads.
    package var processorSeconds = 0.0
    package var wallSeconds = 0.0
    /// The most there was, in bytes.
    package var residentSize = 0
}
