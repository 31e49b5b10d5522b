import Testing

@testable import Zip

@Suite struct RoundTripTests {
    @Test func `what is written is read`() throws {
        var writer = ZipWriter(to: MemorySink())
        try writer.beginEntry(named: "a.txt")
        try writer.write(Array("hello hello hello hello".utf8))
        try writer.endEntry()
        try writer.beginEntry(named: "b.txt", level: .stored)
        try writer.write([1, 2, 3])
        try writer.endEntry()
        let archive = try ZipArchive(reading: MemorySource(try writer.finish().bytes))
        #expect(archive.entries.map(\.name) == ["a.txt", "b.txt"])
        let first = try #require(archive.entry(named: "/A.TXT"))
        #expect(
            try archive.contents(of: first, sizeMax: 100) == Array("hello hello hello hello".utf8))
    }
}
