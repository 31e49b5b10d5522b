import Testing

@testable import Zip

@Suite struct EntryReaderTests {
    /// The code of reading all of the sample with its second entry changed.
    private func outcome(_ edit: (inout RawZip.Entry) -> Void) -> ZipError.Code? {
        var zip = RawZip.sample
        edit(&zip.entries[1])
        let compressedSize = UInt32(zip.entries[1].data.count)
        zip.entries[1].both { $0.compressedSize = compressedSize }
        let bytes = zip.bytes
        let codes = [1, 7, 1 << 16].map { blockSize in
            code { () throws(ZipError) in try readAll(bytes, blockSize: blockSize) }
        }
        #expect(Set(codes).count == 1, "the same whatever the block size")
        return codes[0]
    }

    private static func stream(of count: Int) -> [UInt8] {
        RawZip.deflate([UInt8](repeating: 0x20, count: count))
    }

    /// A deflate block of no bytes, not the last one (RFC 1951 3.2.4).
    private static let emptyBlock: [UInt8] = [0, 0, 0, 0xFF, 0xFF]

    @Test func `a wrong CRC-32 is found at the end`() {
        #expect(outcome { $0.both { $0.crc ^= 0x8000_0000 } } == .crc)
    }

    @Test func `a wrong CRC-32 in a part nobody reads does not matter`() throws {
        var zip = RawZip.sample
        zip.entries[1].both { $0.crc ^= 1 }
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        #expect(try archive.contents(of: archive.entries[0], sizeMax: 11).count == 11)
    }

    @Test func `a size that is not true is found`() {
        #expect(outcome { $0.both { $0.size = 239 } } == .sizeMismatch)
        #expect(outcome { $0.both { $0.size = 241 } } == .sizeMismatch)
        #expect(outcome { $0.both { $0.size = 0 } } == .sizeMismatch)
        #expect(outcome { $0.data += [0] } == .sizeMismatch)
    }

    @Test func `a stream that does not end where it says is stopped there`() throws {
        var zip = RawZip()
        zip.add("bomb", [UInt8](repeating: 0x20, count: 100), deflated: false)
        zip.entries[0].data = Self.stream(of: 8 << 20)
        let count = UInt32(zip.entries[0].data.count)
        zip.entries[0].both { ($0.method, $0.compressedSize) = (8, count) }
        let source = CountingSource(zip.bytes)
        let archive = try ZipArchive(reading: source)
        let before = source.bytesRead
        let reader = try archive.open(archive.entries[0])
        #expect(code { () throws(ZipError) in try drain(reader) } == .sizeMismatch)
        #expect(source.bytesRead - before <= ZipEntryReader.stepSizeMax)
    }

    @Test func `what is no deflate stream is corrupt`() {
        #expect(outcome { $0.data = Array("no deflate stream".utf8) } == .corrupt)
        #expect(outcome { $0.data = [7, 7, 7] } == .corrupt)
        #expect(outcome { $0.data.removeLast() } == .corrupt)
        #expect(outcome { $0.data = Self.emptyBlock } == .corrupt)
        #expect(
            outcome {
                $0.data = []
                $0.both { ($0.size, $0.crc) = (0, 0) }
            } == .corrupt)
    }

    @Test func `blocks of nothing without end are corrupt`() {
        // 100 kB of them: more than are looked at at once.
        let blocks = Array(repeatElement(Self.emptyBlock, count: 20_000).joined())
        #expect(outcome { $0.data = blocks } == .corrupt)
        #expect(outcome { $0.data = blocks + Self.stream(of: 240) } == .corrupt)
    }

    @Test func `a few blocks of nothing are honest`() {
        let blocks = Array(repeatElement(Self.emptyBlock, count: 10).joined())
        #expect(outcome { $0.data = blocks + $0.data } == nil)
    }

    @Test func `after an error every further read gives it again`() throws {
        var zip = RawZip.sample
        zip.entries[1].both { $0.crc ^= 1 }
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        let reader = try archive.open(archive.entries[1])
        for _ in 1...3 { #expect(code { () throws(ZipError) in try drain(reader) } == .crc) }
    }

    @Test func `after the end every further read is the end`() throws {
        let archive = try ZipArchive(reading: MemorySource(RawZip.sample.bytes))
        for entry in archive.entries {
            let reader = try archive.open(entry)
            #expect(try drain(reader).count == entry.size)
            #expect(try drain(reader).isEmpty)
        }
    }

    @Test func `an error names entry and place`() throws {
        var zip = RawZip.sample
        zip.entries[1].both { $0.crc = 7 }
        let bytes = zip.bytes
        let error = #expect(throws: ZipError.self) { try readAll(bytes) }
        #expect(error?.entry == "folder/b.xml")
        #expect(error?.offset == 30 + 5 + 11 + 30 + 12)
        #expect(error?.description.hasSuffix("expected 7 [zip.crc]") == true)
    }

    @Test func `readers of one archive do not disturb each other and can change threads`()
        async throws
    {
        let contents = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        var zip = RawZip()
        zip.add("a", contents)
        zip.add("b", contents, deflated: false)
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        let readers = try [0, 1, 0, 1].map { try archive.open(archive.entries[$0]) }
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for reader in readers { group.addTask { try drain(reader, blockSize: 1000) } }
            for try await bytes in group { #expect(bytes == contents) }
        }
    }
}
