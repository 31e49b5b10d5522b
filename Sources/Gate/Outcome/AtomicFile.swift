import Glibc
package import Zip

/// A file that appears whole or not at all: written beside its place, flushed, renamed.
package struct AtomicFile: ~Copyable {
    package let path: String
    private let partialPath: String
    private let descriptor: Int32
    private let sink: FileSink
    private var isFinished = false

    package init(creating path: String) throws(OutputError) {
        self.path = path
        partialPath = "\(path).partial-\(getpid())"
        descriptor = open(partialPath, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .system(path) }
        sink = FileSink(descriptor: descriptor)
    }

    /// Lets something write the file, then puts it in its place.
    package static func write(
        _ path: String, _ body: (FileSink) throws -> Void
    ) throws {
        var file = try AtomicFile(creating: path)
        do {
            try body(file.sink)
        } catch let error as ZipError where error.code == .cannotWrite {
            throw OutputError(.cannotWrite(errno: error.errno ?? EIO), path: path)
        }
        try file.finish()
    }

    private mutating func finish() throws(OutputError) {
        do throws(ZipError) {
            try sink.flush()
        } catch {
            throw OutputError(.cannotWrite(errno: error.errno ?? EIO), path: path)
        }
        guard fsync(descriptor) == 0, rename(partialPath, path) == 0 else { throw .system(path) }
        isFinished = true
    }

    deinit {
        close(descriptor)
        if !isFinished { unlink(partialPath) }
    }
}
