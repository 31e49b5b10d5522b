import Glibc
package import Zip

/// A file without a name, gone when nobody needs it any more.
package struct TemporaryFile: ~Copyable {
    package let sink: FileSink
    let descriptor: Int32

    package init() throws(ZipError) {
        var template = Array("/tmp/rowgate-XXXXXX".utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else {
            throw ZipError(
                .cannotWrite, found: "no temporary file", expected: "one in /tmp", errno: errno)
        }
        unlink(template)
        sink = FileSink(descriptor: descriptor)
    }

    /// Hands out what was written, from the beginning.
    package func forEachPiece(_ body: (ArraySlice<UInt8>) throws -> Void) throws {
        let source = try source()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var offset: UInt64 = 0
        while offset < source.size {
            let count = try source.read(at: offset, into: &buffer)
            if count == 0 { return }
            try body(buffer[..<count])
            offset += UInt64(count)
        }
    }

    /// What was written, for reading; it may outlive this value.
    package func source() throws(ZipError) -> FileSource {
        try sink.flush()
        return try FileSource(descriptor: dup(descriptor))
    }

    deinit { close(descriptor) }
}
