import Testing

@testable import Zip

@Suite struct ZipWriterTests {
    private static let noise: [UInt8] = {
        var generator = SeededGenerator(state: 7)
        return (0..<300_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }()

    private static let table = Array(
        (1...12_000).lazy.map { "<row r=\"\($0)\"><c><v>\($0 * 7)</v></c></row>" }.joined().utf8)

    @Test(arguments: [0, 1, 6, 9])
    func `what is written is read`(level: Int32) throws {
        let parts = [("empty", []), ("one", [1]), ("noise", Self.noise), ("xl/ä.xml", Self.table)]
        var writer = ZipWriter(to: MemorySink())
        for (name, contents) in parts {
            try writer.beginEntry(named: name, level: CompressionLevel(level))
            for start in stride(from: 0, to: contents.count, by: 9_999) {
                try writer.write(Array(contents[start..<min(start + 9_999, contents.count)]))
            }
            try writer.endEntry()
        }
        let bytes = try writer.finish().bytes
        #expect(try readAll(bytes) == parts.map { Contents(name: $0.0, bytes: $0.1) })
        #expect(level == 0 || bytes.count < Self.noise.count + Self.table.count / 3)
    }

    @Test(arguments: [1, 2, 4])
    func `the same calls give the same bytes, whatever the pieces and threads`(
        threadCount: Int
    ) throws {
        func archive(pieceSize: Int, threadCount: Int = 1) throws -> [UInt8] {
            var writer = ZipWriter(to: MemorySink(), threadCount: threadCount)
            try writer.beginEntry(named: "a")
            for _ in 0..<4 {
                for start in stride(from: 0, to: Self.table.count, by: pieceSize) {
                    let end = min(start + pieceSize, Self.table.count)
                    try writer.write(Array(Self.table[start..<end]))
                }
            }
            try writer.endEntry()
            return try writer.finish().bytes
        }
        let bytes = try archive(pieceSize: 100, threadCount: threadCount)
        #expect(try bytes == archive(pieceSize: 1 << 20))
        #expect(
            try readAll(bytes).first?.bytes
                == [[UInt8]](repeating: Self.table, count: 4).flatMap(\.self))
    }

    /// Every byte of a small archive, so that nothing of the format changes unseen.
    @Test func `headers have sizes and the first date, and no descriptor`() throws {
        var writer = ZipWriter(to: MemorySink())
        try writer.beginEntry(named: "ä", level: .stored)
        try writer.write(Array("123456789".utf8))
        try writer.endEntry()
        var expected = RawZip()
        expected.add("ä", Array("123456789".utf8), deflated: false)
        expected.entries[0].both { $0.flags = 1 << 11 }
        #expect(expected.entries[0].local.crc == 0xCBF4_3926)
        #expect(try writer.finish().bytes == expected.bytes)
    }

    @Test func `a level can change from entry to entry`() throws {
        var writer = ZipWriter(to: MemorySink())
        for (name, level) in [("a", 1), ("b", 0), ("c", 9), ("d", 9)] as [(String, Int32)] {
            try writer.beginEntry(named: name, level: CompressionLevel(level))
            try writer.write(Self.table)
            try writer.endEntry()
        }
        let all = try readAll(try writer.finish().bytes)
        #expect(all.allSatisfy { $0.bytes == Self.table })
    }

    @Test func `entries are copied as they are compressed`() throws {
        var zip = RawZip.sample
        zip.entries[1].describe(withSignature: true)
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        var writer = ZipWriter(to: MemorySink())
        try writer.beginEntry(named: "new")
        try writer.write([1, 2, 3])
        try writer.endEntry()
        for entry in archive.entries { try writer.copyEntry(entry, of: archive) }
        let bytes = try writer.finish().bytes
        #expect(
            try readAll(bytes) == [Contents(name: "new", bytes: [1, 2, 3])] + readAll(zip.bytes))
        #expect(bytes.firstRange(of: zip.entries[1].data) != nil)
    }

    @Test(arguments: [
        ("a", ZipError.Code.duplicateEntry), ("A", .duplicateEntry), ("../a", .badName),
    ])
    func `names we would not read are not written`(name: String, expected: ZipError.Code) throws {
        var writer = ZipWriter(to: MemorySink())
        try writer.beginEntry(named: "a")
        try writer.endEntry()
        #expect(throws: ZipError.self) { try writer.beginEntry(named: name) }
    }

    @Test func `whichever write fails, the archive does`() throws {
        var calls = 0
        while true {
            do throws(ZipError) {
                var writer = ZipWriter(to: FailingSink(callsLeft: calls))
                try writer.beginEntry(named: "a")
                try writer.write(Self.noise)
                try writer.endEntry()
                _ = try writer.finish()
                break
            } catch {
                #expect(error.code == .cannotWrite && error.errno == 28)
                calls += 1
            }
        }
        #expect(calls == 7, "header, two blocks, sums, record, end, flush")
    }

    /// The format's own limit is 4 GiB; the rule is the same for any.
    @Test(arguments: [(0, nil), (-1, .tooLarge)] as [(Int, ZipError.Code?)])
    func `an archive beyond the format's limit is too large`(
        spare: Int, expected: ZipError.Code?
    ) throws {
        var zip = RawZip()
        zip.add("a", [UInt8](repeating: 1, count: 1000), deflated: false)
        let sizeMax = UInt64(zip.bytes.count - 22 + spare)
        let outcome = code { () throws(ZipError) in
            var writer = ZipWriter(to: MemorySink(), sizeMax: sizeMax)
            try writer.beginEntry(named: "a", level: .stored)
            try writer.write([UInt8](repeating: 1, count: 1000))
            try writer.endEntry()
            return try writer.finish()
        }
        #expect(outcome == expected)
    }

    @Test func `an entry beyond the format's limit is too large at once`() throws {
        var writer = ZipWriter(to: MemorySink(), sizeMax: 1 << 20)
        try writer.beginEntry(named: "a")
        let block = [UInt8](repeating: 0, count: 1 << 19)
        for _ in 1...2 { try writer.write(block) }
        #expect(throws: ZipError.self) { for _ in 1...2 { try writer.write(block) } }
    }
}
