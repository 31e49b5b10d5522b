import Testing

@testable import Zip

/// Odd but honest: what spreadsheet programs write.
@Suite struct AcceptedArchivesTests {
    private static let oddities: [Oddity] = [
        Oddity("descriptor with signature (Java, Google Sheets)") {
            $0.entries[1].describe(withSignature: true)
        },
        Oddity("descriptor without signature") {
            $0.entries[1].describe(withSignature: false)
        },
        Oddity("wide descriptor with signature (SpreadsheetLight)") {
            $0.entries[1].describe(withSignature: true, wide: true)
        },
        Oddity("wide descriptor without signature") {
            $0.entries[1].describe(withSignature: false, wide: true)
        },
        Oddity("descriptor and sizes in the local header too") { zip in
            let local = zip.entries[1].local
            zip.entries[1].describe(withSignature: true)
            (zip.entries[1].local.crc, zip.entries[1].local.size) = (local.crc, local.size)
        },
        Oddity("descriptor of a stored entry") {
            $0.entries[0].describe(withSignature: true)
        },
        Oddity("entries in another order than the directory") { $0.isReversed = true },
        Oddity("ZIP64 end without need") { $0.zip64 = .init() },
        Oddity("ZIP64 end with short fields elsewhere") {
            $0.zip64 = .init()
            $0.end = .init(
                disk: .max, directoryDisk: .max, entries: .max, directorySize: .max,
                directoryOffset: .max)
        },
        Oddity("ZIP64 sizes without need") {
            let sizes = (UInt64($0.entries[1].local.size), UInt64($0.entries[1].data.count))
            $0.entries[1].widen(size: sizes.0, compressedSize: sizes.1, offset: 46)
            ($0.entries[1].local.size, $0.entries[1].local.compressedSize) = (.max, .max)
            $0.entries[1].local.extra = RawZip.zip64Extra(sizes.0, sizes.1)
        },
        Oddity("ZIP64 field that nothing points to (System.IO.Packaging)") {
            $0.entries[1].local.extra = RawZip.zip64Extra(240, 1)
        },
        Oddity("room for growth in an extra field (Excel)") {
            $0.entries[0].local.extra = [0x20, 0xA2, 4, 0, 0, 0, 0, 0]
        },
        Oddity("padding that is no extra field") {
            $0.entries[0].both { $0.extra = [0, 0, 0] }
        },
        Oddity("comments") {
            $0.entries[0].directory.comment = Array("a comment".utf8)
            $0.end.comment = Array("another".utf8)
        },
        Oddity("the longest comment") {
            $0.end.comment = [UInt8](repeating: 0x20, count: 65_535)
        },
        Oddity("flags that tell the level") { $0.entries[1].both { $0.flags = 6 } },
        Oddity("UTF-8 flag") { $0.entries[1].both { $0.flags = 1 << 11 } },
    ]

    @Test(arguments: oddities)
    func `an oddity changes nothing`(oddity: Oddity) throws {
        #expect(try readAll(oddity.bytes) == readAll(RawZip.sample.bytes))
    }

    @Test func `folders of no bytes are entries`() throws {
        var zip = RawZip.sample
        zip.add("folder/", [], deflated: false)
        zip.add(#"other\"#, [])
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        #expect(archive.entries.map(\.isFolder) == [false, false, true, true])
        #expect(try readAll(zip.bytes)[3].bytes == [])
    }

    @Test func `an archive within an archive is data`() throws {
        var zip = RawZip.sample
        zip.add("xl/embeddings/book.xlsx", RawZip.sample.bytes, deflated: false)
        #expect(try readAll(zip.bytes)[2].bytes == RawZip.sample.bytes)
    }

    /// `zip -r` (Info-ZIP 3.0) of a folder with one stored and one deflated file.
    @Test func `what Info-ZIP writes is read`() throws {
        let all = try readAll(bytes(of: infoZip))
        #expect(all.map(\.name) == ["d/", "d/b.txt", "d/a.txt"])
        #expect(all[2].bytes == Array("hi\n".utf8))
        #expect(all[1].bytes == Array(repeatElement(UInt8(ascii: "y"), count: 60)))
    }

    /// Python 3.11 `zipfile` to a pipe: data descriptors with signature.
    @Test func `what Python streams is read`() throws {
        let all = try readAll(bytes(of: pythonStream))
        #expect(all.map(\.name) == ["a.txt", "ä.txt"])
        #expect(all[1].bytes == Array(repeatElement(UInt8(ascii: "y"), count: 60)))
    }

    /// Python 3.11 `zipfile` with `force_zip64`.
    @Test func `what Python writes as ZIP64 is read`() throws {
        #expect(try readAll(bytes(of: pythonZip64)) == [Contents(name: "a", bytes: [0x68, 0x69])])
    }

    private func bytes(of hexadecimal: String) -> [UInt8] {
        let digits = hexadecimal.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map {
            UInt8(digits[$0] << 4 | digits[$0 + 1])
        }
    }
}

/// A change to the sample archive that does not matter.
struct Oddity: Sendable, CustomStringConvertible {
    var description: String
    private var edit: @Sendable (inout RawZip) -> Void

    init(_ description: String, _ edit: @escaping @Sendable (inout RawZip) -> Void) {
        self.description = description
        self.edit = edit
    }

    var bytes: [UInt8] {
        var zip = RawZip.sample
        edit(&zip)
        return zip.bytes
    }
}
