import Glibc

/// Says that a server works in a folder, for as long as it is there: two would each start what the
/// other one left waiting.
final class SiteHold: Sendable {
    private let descriptor: Int32

    /// - Throws: `SiteStartError`.
    init(_ folder: String) throws {
        descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw SiteStartError(place: folder, reason: String(cString: strerror(errno)))
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw SiteStartError(place: folder, reason: "another server works in this folder")
        }
    }

    deinit { close(descriptor) }
}

/// A server cannot start: somebody else has its address, or its folder.
package struct SiteStartError: Error {
    /// The address or the folder.
    package let place: String
    package let reason: String
}
