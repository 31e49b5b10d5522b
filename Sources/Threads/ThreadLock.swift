import Glibc

/// A lock whose holders can wait until another one has changed something.
///
/// `@unchecked Sendable`: the mutex and the condition are made for use by many threads; their
/// addresses never change.
final class ThreadLock: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func withLock<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Gives the lock back until somebody has called `signal`; called with the lock held. It may
    /// return without reason, so callers look again.
    func wait() { pthread_cond_wait(condition, mutex) }

    /// Wakes everybody who waits.
    func signal() { pthread_cond_broadcast(condition) }
}
