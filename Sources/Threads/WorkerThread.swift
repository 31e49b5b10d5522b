import Glibc

/// A thread of the operating system that runs one function.
struct WorkerThread {
    private let handle: pthread_t

    /// Starts it; nil when the system gives no more threads.
    init?(running body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body))
        var handle = pthread_t()
        let status = pthread_create(&handle, nil, runStart, start.toOpaque())
        guard status == 0 else {
            start.release()
            return nil
        }
        self.handle = handle
    }

    /// Waits until the function has returned; to be called once.
    func join() { pthread_join(handle, nil) }

    /// Lets it end by itself; to be called once, instead of `join`.
    func detach() { pthread_detach(handle) }
}

/// Carries the function through C, which hands on one pointer.
private final class Start: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runStart(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let pointer { Unmanaged<Start>.fromOpaque(pointer).takeRetainedValue().body() }
    return nil
}
