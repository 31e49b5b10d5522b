import Glibc

/// Which thread this is.
struct ThreadID: Equatable, Sendable {
    private let value: UInt

    static var current: ThreadID { ThreadID(value: UInt(pthread_self())) }
}
