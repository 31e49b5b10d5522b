import Crypto
import Glibc
import Threads
package import Zip

/// A file that was handed in, open.
package struct InputFile: Sendable {
    /// Bytes of standard input that are copied: twice the largest upload, so that excess shows.
    static let streamSizeMax: UInt64 = 256 << 20
    /// Bytes of a settings file, which is held whole. A thousand packages take a tenth of it.
    static let textSizeMax = 1 << 20

    /// Its name without folders, for people.
    package let name: String
    package let source: any ByteSource
    private let digest: Deferred<Result<String, ZipError>>

    /// Opens a file; `-` is standard input, which is copied to a temporary file first.
    ///
    /// - Parameter sizeMax: bytes of standard input that are copied; one more is read as sign of
    ///   excess.
    /// - Throws: `ZipError` with `file.cannot_read` or `file.cannot_write`.
    package init(opening path: String, sizeMax: UInt64 = InputFile.streamSizeMax) throws(ZipError) {
        if path == "-" {
            self.init(
                name: "standard input",
                source: try Self.spooled(from: STDIN_FILENO, sizeMax: sizeMax))
        } else {
            self.init(
                name: String(path.split(separator: "/").last ?? ""),
                source: try FileSource(opening: path))
        }
    }

    /// A file that is in memory already.
    package init(name: String, bytes: [UInt8]) {
        self.init(name: name, source: MemorySource(bytes))
    }

    init(name: String, source: any ByteSource) {
        self.name = name
        self.source = source
        digest = Deferred { Self.digest(source) }
    }

    /// The same file under the name that people gave it.
    package func named(_ name: String) -> InputFile { InputFile(name: name, source: source) }

    /// SHA-256 of its bytes, in hex. They are read for it once, when it is first asked for.
    ///
    /// - Throws: `ZipError` with `file.cannot_read`.
    package var sha256: String { get throws(ZipError) { try digest.value.get() } }

    /// Copies the file, whole or not at all.
    ///
    /// - Parameter isPrivate: whether nobody else on the machine may read the copy.
    package func copy(to path: String, isPrivate: Bool = false) throws {
        try AtomicFile.write(path, isPrivate: isPrivate) { sink in
            var sink = sink
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            var offset: UInt64 = 0
            while offset < source.size {
                let count = try source.read(at: offset, into: &buffer)
                if count == 0 { break }
                try sink.write(buffer[..<count])
                offset += UInt64(count)
            }
        }
    }

    /// The file as text; broken UTF-8 is repaired.
    package func text(sizeMax: Int = InputFile.textSizeMax) throws(ZipError) -> String {
        guard source.size <= UInt64(sizeMax) else {
            throw ZipError(
                .cannotRead, found: "\(source.size) bytes", expected: "at most \(sizeMax) bytes")
        }
        return String(decoding: try source.allBytes(), as: UTF8.self)
    }

    private static func digest(_ source: any ByteSource) -> Result<String, ZipError> {
        Result { () throws(ZipError) in
            var hash = SHA256()
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            var offset: UInt64 = 0
            while offset < source.size {
                let count = try source.read(at: offset, into: &buffer)
                if count == 0 { break }
                hash.update(data: buffer[..<count])
                offset += UInt64(count)
            }
            return hash.finalize().hex
        }
    }

    /// Copies a stream into an unlinked temporary file, because a ZIP archive is read from its end.
    ///
    /// - Throws: `file.cannot_read` when the stream breaks off, `file.cannot_write`.
    static func spooled(
        from stream: Int32, sizeMax: UInt64
    ) throws(ZipError) -> FileSource {
        let file = try TemporaryFile()
        var sink = file.sink
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var total: UInt64 = 0
        while total <= sizeMax {
            let count = buffer.withUnsafeMutableBytes { read(stream, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw ZipError(
                    .cannotRead, found: "system error \(errno)",
                    expected: "a stream that can be read", errno: errno)
            }
            if count == 0 { break }
            try sink.write(buffer[..<count])
            total += UInt64(count)
        }
        return try file.source()
    }
}

extension Digest {
    /// Lower-case hexadecimal digits.
    var hex: String {
        var text = ""
        for byte in self {
            let digits = String(byte, radix: 16)
            text += digits.count == 1 ? "0" + digits : digits
        }
        return text
    }
}
