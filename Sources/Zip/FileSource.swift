import Glibc

/// A regular file, read in place (`pread`), so that readers do not disturb each other.
package final class FileSource: ByteSource {
    /// The size when it was opened.
    package let size: UInt64
    private let descriptor: Int32
    private let ownsDescriptor: Bool

    /// Opens a file.
    ///
    /// - Throws: `cannotRead` when it cannot be opened or is no regular file.
    package convenience init(opening path: String) throws(ZipError) {
        // Without O_NONBLOCK a named pipe nobody writes to would hold us for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw ZipError(cannotRead: errno) }
        try self.init(descriptor: descriptor)
    }

    /// Takes an open file; its own position does not matter and does not change.
    ///
    /// - Parameter ownsDescriptor: Whether it is closed with this object, or at once on an error.
    /// - Throws: `cannotRead` when it is no regular file.
    package init(descriptor: Int32, ownsDescriptor: Bool = true) throws(ZipError) {
        do throws(ZipError) {
            size = try Self.regularFileSize(of: descriptor)
        } catch {
            if ownsDescriptor { close(descriptor) }
            throw error
        }
        self.descriptor = descriptor
        self.ownsDescriptor = ownsDescriptor
    }

    deinit {
        if ownsDescriptor { close(descriptor) }
    }

    package func read(
        at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Int {
        guard let start = off_t(exactly: offset) else { return 0 }
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, start)
            if count >= 0 { return count }
            if errno != EINTR { throw ZipError(cannotRead: errno, at: offset) }
        }
    }

    private static func regularFileSize(of descriptor: Int32) throws(ZipError) -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw ZipError(cannotRead: errno) }
        guard status.st_mode & S_IFMT == S_IFREG, let size = UInt64(exactly: status.st_size) else {
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            throw ZipError(
                .cannotRead, found: isFolder ? "a folder" : "something else",
                expected: "a regular file")
        }
        return size
    }
}

extension ZipError {
    fileprivate init(cannotRead number: Int32, at offset: UInt64? = nil) {
        self.init(
            .cannotRead, at: offset, found: "system error \(number)",
            expected: "a file that can be read", errno: number)
    }
}
