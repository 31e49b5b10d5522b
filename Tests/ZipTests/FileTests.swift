import Glibc
import Testing

@testable import Zip

/// Sources and sinks over real files, which have no name.
@Suite struct FileTests {
    private func temporaryFile() throws -> Int32 {
        var path = Array("/tmp/zip-test-XXXXXX".utf8CString)
        let descriptor = mkstemp(&path)
        try #require(descriptor >= 0)
        unlink(path)
        return descriptor
    }

    private func fill(_ sink: FileSink, _ pieces: [[UInt8]]) throws {
        var sink = sink
        for piece in pieces { try sink.write(piece) }
        try sink.overwrite(at: 2, [9, 9])
        try sink.flush()
    }

    @Test(arguments: [[3, 5], [300_000, 5], [5, 300_000, 7], [262_144], [3, 262_143, 2]])
    func `a file holds what was written and corrected`(sizes: [Int]) throws {
        let descriptor = try temporaryFile()
        let pieces = sizes.enumerated().map { [UInt8](repeating: UInt8($0 + 1), count: $1) }
        try fill(FileSink(descriptor: descriptor), pieces)
        var expected = pieces.reduce([], +)
        expected[2...3] = [9, 9]
        let source = try FileSource(descriptor: descriptor)
        #expect(source.size == expected.count)
        #expect(try source.bytes(at: 0, count: expected.count) == expected)
    }

    @Test func `a correction may lie across what is in the file and what is not`() throws {
        let descriptor = try temporaryFile()
        let sink = FileSink(descriptor: descriptor)
        var asSink = sink
        try asSink.write([UInt8](repeating: 1, count: 262_144))
        try asSink.write([2, 2])
        try asSink.overwrite(at: 262_143, [7, 7])
        try asSink.flush()
        let source = try FileSource(descriptor: descriptor)
        #expect(try source.bytes(at: 262_142, count: 4) == [1, 7, 7, 2])
    }

    @Test func `an archive goes through a file`() throws {
        let descriptor = try temporaryFile()
        var writer = ZipWriter(to: FileSink(descriptor: descriptor))
        try writer.beginEntry(named: "a")
        try writer.write(Array("words".utf8))
        try writer.endEntry()
        _ = try writer.finish()
        #expect(
            try readAll(FileSource(descriptor: descriptor))
                == [Contents(name: "a", bytes: Array("words".utf8))])
    }

    @Test func `reading beyond the end gives nothing`() throws {
        let source = try FileSource(descriptor: try temporaryFile())
        #expect(code { () throws(ZipError) in try source.bytes(at: 0, count: 1) } == .truncated)
        #expect(code { () throws(ZipError) in try source.bytes(at: .max, count: 1) } == .truncated)
    }

    @Test func `a full disk is told with its number`() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let sink = FileSink(descriptor: descriptor)
        let error = #expect(throws: ZipError.self) { try fill(sink, [[1, 2, 3, 4]]) }
        #expect(error?.code == .cannotWrite && error?.errno == ENOSPC)
    }

    @Test(
        arguments: [("/", nil), ("/dev/null", nil), ("/no/such/file", ENOENT)] as [(String, Int32?)]
    )
    func `what is no regular file cannot be read`(path: String, number: Int32?) {
        let error = #expect(throws: ZipError.self) { try FileSource(opening: path) }
        #expect(error?.code == .cannotRead && error?.errno == number)
    }

    @Test func `a pipe cannot be read and is closed`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[1]) }
        let end = ends[0]
        #expect(code { () throws(ZipError) in try FileSource(descriptor: end) } == .cannotRead)
        #expect(fcntl(end, F_GETFD) == -1)
    }

    @Test func `a descriptor is closed by its owner only`() throws {
        let descriptor = try temporaryFile()
        _ = try FileSource(descriptor: descriptor, ownsDescriptor: false)
        #expect(fcntl(descriptor, F_GETFD) != -1)
        close(descriptor)
    }
}
