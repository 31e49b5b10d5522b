/// A value that is made once: when it is first asked for, or before that on a thread of its own.
///
///     let digest = Deferred { hash(file) }
///     digest.begin()
///     read(file)
///     print(digest.value)
///
/// `@unchecked Sendable`: everything mutable is touched with the lock held; `make` is Sendable.
package final class Deferred<Value: Sendable>: @unchecked Sendable {
    private enum State {
        case waiting
        case underWay
        case made(Value)
    }

    private let make: @Sendable () -> Value
    private let lock = ThreadLock()
    private var state = State.waiting

    package init(_ make: @escaping @Sendable () -> Value) { self.make = make }

    /// Begins to make the value on another thread, unless somebody has begun. It goes on when
    /// nobody waits for it any more, and holds what it needs as long as it takes.
    package func begin() {
        guard lock.withLock({ take() }) else { return }
        let thread = WorkerThread { [self] in finish(make()) }
        if let thread { thread.detach() } else { finish(make()) }
    }

    /// The value, made here when nobody has begun.
    package var value: Value {
        if lock.withLock({ take() }) { finish(make()) }
        return lock.withLock {
            while true {
                if case .made(let value) = state { return value }
                lock.wait()
            }
        }
    }

    /// Whether it is for the caller to make the value.
    private func take() -> Bool {
        guard case .waiting = state else { return false }
        state = .underWay
        return true
    }

    private func finish(_ value: Value) {
        lock.withLock {
            state = .made(value)
            lock.signal()
        }
    }
}
