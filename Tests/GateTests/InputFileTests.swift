import Foundation
import Glibc
import Testing
import Zip

@testable import Gate

/// Files that are handed in: opened, named, hashed.
struct InputFileTests {
    /// SHA-256 of no bytes, and of `abc` (FIPS 180-4 examples).
    private static let hashOfNothing =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    private static let hashOfABC =
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    @Test func aFileIsNamedAndHashed() throws {
        let folder = try TemporaryFolder()
        try folder.write("abc.txt", "abc")
        let file = try InputFile(opening: folder.path("abc.txt"))
        #expect(file.name == "abc.txt")
        #expect(try file.sha256 == Self.hashOfABC)
        #expect(try file.text() == "abc")
    }

    @Test func bytesInMemoryAreHashedAlike() throws {
        #expect(try InputFile(name: "x", bytes: Array("abc".utf8)).sha256 == Self.hashOfABC)
        #expect(try InputFile(name: "x", bytes: []).sha256 == Self.hashOfNothing)
    }

    @Test func aFileLargerThanTheBufferIsHashedWhole() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try Data(bytes).write(to: URL(filePath: folder.path("large")))
        let file = try InputFile(opening: folder.path("large"))
        let whole = try InputFile(name: "large", bytes: bytes).sha256
        #expect(try file.sha256 == whole)
    }

    @Test(arguments: ["", "/nowhere/at/all", "/", "/dev/null"])
    func whatIsNoFileCannotBeRead(_ path: String) {
        #expect(
            performing: { try InputFile(opening: path) },
            throws: { error in
                (error as? ZipError)?.code == .cannotRead
            })
    }

    @Test func textHasALimit() throws {
        let file = InputFile(name: "x", bytes: Array("abcd".utf8))
        #expect(try file.text(sizeMax: 4) == "abcd")
        #expect(throws: ZipError.self) { try file.text(sizeMax: 3) }
    }

    @Test func brokenTextIsRepaired() throws {
        #expect(try InputFile(name: "x", bytes: [0x61, 0xFF]).text() == "a\u{FFFD}")
    }

    @Test func aCopyIsTheSame() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 17) }
        try InputFile(name: "x", bytes: bytes).copy(to: folder.path("copy"))
        #expect(try folder.bytes("copy") == bytes)
        #expect(folder.names == ["copy"])
    }

    // MARK: Streams

    /// Copies a stream that holds some bytes, and gives what came of it.
    private func spooled(_ bytes: [UInt8], sizeMax: UInt64) throws -> [UInt8] {
        let folder = try TemporaryFolder()
        try Data(bytes).write(to: URL(filePath: folder.path("stream")))
        let descriptor = Glibc.open(folder.path("stream"), O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        return try InputFile.spooled(from: descriptor, sizeMax: sizeMax).allBytes()
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 200_000])
    func aStreamIsCopiedWhole(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 13) }
        #expect(try spooled(bytes, sizeMax: 1 << 20) == bytes)
    }

    @Test func aPipeIsCopiedWhole() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let bytes = Array("through a pipe".utf8)
        #expect(Glibc.write(ends[1], bytes, bytes.count) == bytes.count)
        close(ends[1])
        defer { close(ends[0]) }
        #expect(try InputFile.spooled(from: ends[0], sizeMax: 100).allBytes() == bytes)
    }

    @Test func ofAStreamThatIsTooLongJustSoMuchIsReadThatItShows() throws {
        let bytes = [UInt8](repeating: 7, count: 300_000)
        let count = try spooled(bytes, sizeMax: 100_000).count
        #expect(count > 100_000)
        #expect(count < 300_000)
    }

    @Test func aStreamThatBreaksOffIsNoEmptyFile() throws {
        let folder = try TemporaryFolder()
        let descriptor = Glibc.open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(
            performing: { try InputFile.spooled(from: descriptor, sizeMax: 10) },
            throws: {
                ($0 as? ZipError)?.code == .cannotRead
            })
    }
}
