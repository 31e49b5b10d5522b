import Synchronization

/// Ends a worker that nobody wants any more, from whichever thread.
package final class WorkerStop: Sendable {
    private let isAsked = Atomic(false)

    package init() {}

    package func stop() { isAsked.store(true, ordering: .relaxed) }

    var isStopped: Bool { isAsked.load(ordering: .relaxed) }
}
