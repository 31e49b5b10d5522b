import Glibc

/// A file of lines as it is written; it is on the disk once it is finished.
struct LineWriter: ~Copyable {
    private static let bufferSize = 1 << 20
    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    init(_ path: String) throws {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.error(path) }
    }

    mutating func write(_ line: [UInt8]) throws {
        buffer += line
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    mutating func finish() throws {
        try flush()
        guard fsync(descriptor) == 0 else { throw Self.error(path) }
    }

    private mutating func flush() throws {
        var written = 0
        while written < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                Glibc.write(
                    descriptor, bytes.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw Self.error(path) }
            written += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func error(_ path: String) -> LedgerError {
        LedgerError(.cannotWrite, path: path, found: String(cString: strerror(errno)))
    }

    deinit { close(descriptor) }
}

/// Reads a file of lines piece by piece.
enum LineReader {
    private static let pieceSize = 1 << 20

    /// Hands out each line without its end.
    ///
    /// - Throws: `LedgerError` for a file that cannot be read, and what `body` throws.
    static func forEach(_ path: String, _ body: (ArraySlice<UInt8>) throws -> Void) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw error(path) }
        defer { close(descriptor) }
        var rest: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceSize)
        while true {
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw error(path) }
            if count == 0 { break }
            rest += piece[..<count]
            var start = 0
            while let end = Self.end(ofLineAt: start, in: rest) {
                try body(rest[start..<end])
                start = end + 1
            }
            rest.removeSubrange(..<start)
        }
    }

    /// - Returns: nil for a line whose end is not there yet.
    private static func end(ofLineAt start: Int, in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { bytes in
            let rest = UnsafeBufferPointer(rebasing: bytes[start...])
            let size = rest.position(of: UInt8(ascii: "\n"))
            return size < rest.count ? start + size : nil
        }
    }

    private static func error(_ path: String) -> LedgerError {
        LedgerError(.unreadable, path: path, found: String(cString: strerror(errno)))
    }
}
