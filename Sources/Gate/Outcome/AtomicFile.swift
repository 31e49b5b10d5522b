import Glibc
package import Zip

/// A file that appears whole or not at all: written beside its place, flushed, renamed by `finish`.
///
/// Not finished, it leaves nothing behind. A class, because it owns a descriptor that ends once.
///
/// `@unchecked Sendable`: one thread writes it, and whoever it is handed to finishes it.
package final class AtomicFile: @unchecked Sendable {
    package let path: String
    /// Where its bytes go.
    package let sink: FileSink
    private let partialPath: String
    private let descriptor: Int32
    private var isFinished = false

    /// - Parameter isPrivate: whether nobody else on the machine may read it.
    package init(creating path: String, isPrivate: Bool = false) throws(OutputError) {
        if let number = Self.obstacle(at: path) {
            throw OutputError(.cannotWrite(errno: number), path: path)
        }
        self.path = path
        partialPath = "\(path).partial-\(getpid())"
        // Left by a process that was killed, or put there by somebody: never written through.
        unlink(partialPath)
        descriptor = open(
            partialPath, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
            isPrivate ? 0o600 : 0o644)
        guard descriptor >= 0 else { throw .system(path) }
        sink = FileSink(descriptor: descriptor)
    }

    /// Lets something write a file, then puts it in its place.
    ///
    /// - Throws: `OutputError` for what the disk refuses, else what `body` throws.
    package static func write(
        _ path: String, isPrivate: Bool = false, _ body: (FileSink) throws -> Void
    ) throws {
        let file = try AtomicFile(creating: path, isPrivate: isPrivate)
        try OutputError.naming(path) { try body(file.sink) }
        try file.finish()
    }

    /// Puts the file in its place, replacing one of its name.
    package func finish() throws {
        try OutputError.naming(path) { try sink.flush() }
        guard fsync(descriptor) == 0, rename(partialPath, path) == 0 else {
            throw OutputError.system(path)
        }
        isFinished = true
    }

    /// Why no file may take a place: a folder, a device or a pipe must not be replaced by one.
    private static func obstacle(at path: String) -> Int32? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        switch status.st_mode & S_IFMT {
        case S_IFREG, S_IFLNK: return nil
        case S_IFDIR: return EISDIR
        default: return ENOTSUP
        }
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(partialPath) }
    }
}
