import Testing

@testable import Zip

/// An archive that programs could read differently is refused when it is opened.
@Suite struct StructureTests {
    @Test(arguments: headerFaults + endFaults + layoutFaults)
    func `a wrong structure is refused with its own code`(fault: Fault) {
        let bytes = fault.bytes
        #expect(
            code { () throws(ZipError) in try ZipArchive(reading: MemorySource(bytes)) }
                == fault.code)
    }

    @Test func `the sample without a fault is accepted`() throws {
        let all = try readAll(RawZip.sample.bytes)
        #expect(all.map(\.name) == ["a.txt", "folder/b.xml"])
        #expect(all[0].bytes == Array("plain words".utf8))
    }

    @Test(
        arguments: [
            ([], .truncated),
            (Array("PK".utf8) + (0..<20).map { UInt8($0 * 7) }, .truncated),
            (RawZip().bytes, .noEntries),
            (Array(RawZip().bytes.dropLast()), .truncated),
        ] as [([UInt8], ZipError.Code)])
    func `what is hardly an archive has a code`(bytes: [UInt8], expected: ZipError.Code) {
        #expect(
            code { () throws(ZipError) in try ZipArchive(reading: MemorySource(bytes)) } == expected
        )
    }

    static let headerFaults: [Fault] =
        [
            Fault(.headerMismatch, "local name") { $0.entries[1].local.name[0] ^= 1 },
            Fault(.headerMismatch, "local method") { $0.entries[1].local.method = 0 },
            Fault(.headerMismatch, "local flags") { $0.entries[1].local.flags = 2 },
            Fault(.headerMismatch, "local size") { $0.entries[1].local.size += 1 },
            Fault(.headerMismatch, "local size of 4 GiB") { $0.entries[1].local.size = .max },
            Fault(.headerMismatch, "local compressed size") {
                $0.entries[1].local.compressedSize -= 1
            },
            Fault(.headerMismatch, "local CRC") { $0.entries[1].local.crc ^= 1 },
            Fault(.headerMismatch, "local zeros without descriptor") {
                $0.entries[1].local.size = 0
            },
            Fault(.headerMismatch, "descriptor with another CRC") {
                $0.entries[1].describe(withSignature: true) { $0.crc ^= 1 }
            },
            Fault(.headerMismatch, "descriptor with another size") {
                $0.entries[1].describe(withSignature: false) { $0.size += 1 }
            },
            Fault(.badHeader, "no local header") { $0.entries[0].local.signature += 1 },
            Fault(.badHeader, "no directory record") { $0.entries[0].directory.signature += 1 },
            Fault(.badHeader, "size beyond 32 bits without field") {
                $0.entries[0].directory.size = .max
            },
            Fault(.badHeader, "size of 2^63") { $0.entries[1].widen(size: 1 << 63) },
            Fault(.badHeader, "size of 2^64-1") { $0.entries[1].widen(size: .max) },
            Fault(.badHeader, "compressed size of 2^63") {
                $0.entries[1].widen(compressedSize: 1 << 63)
            },
            Fault(.badHeader, "compressed size of 2^64-1") {
                $0.entries[1].widen(compressedSize: .max)
            },
            Fault(.badHeader, "offset of 2^63") { $0.entries[1].widen(offset: 1 << 63) },
            Fault(.badHeader, "offset of 2^64-1") { $0.entries[1].widen(offset: .max) },
            Fault(.badHeader, "offset beyond the file") {
                $0.entries[1].directory.offset = .max - 1
            },
            Fault(.badHeader, "ZIP64 field that leaves its header") {
                $0.entries[1].widen(size: 5)
                $0.entries[1].directory.extra[2] = 0xFF
            },
            Fault(.badHeader, "ZIP64 field too short") {
                $0.entries[1].directory.size = .max
                $0.entries[1].directory.extra = [1, 0, 4, 0, 0, 0, 0, 0]
            },
            Fault(.badHeader, "two ZIP64 fields") {
                $0.entries[1].widen(size: 240)
                $0.entries[1].directory.extra += $0.entries[1].directory.extra
            },
            Fault(.badHeader, "folder with bytes") {
                $0.add("folder/", [1, 2, 3], deflated: false)
            },
            Fault(.sizeMismatch, "stored with two sizes") { $0.entries[0].both { $0.size += 1 } },
            Fault(.sizeMismatch, "4 GiB out of ten bytes") {
                $0.entries[1].both { $0.size = .max - 1 }
            },
            Fault(.multidisk, "entry on another disk") { $0.entries[1].directory.disk = 1 },
            Fault(.ambiguous, "record in an entry's comment") {
                $0.entries[0].directory.comment = RawZip.little(ZipFormat.directoryRecord)
            },
            Fault(.ambiguous, "record in an extra field") {
                let fake = RawZip.little(ZipFormat.localHeader)
                $0.entries[0].directory.extra = [0x99, 0x99, 4, 0] + fake
            },
            Fault(.ambiguous, "second name in an extra field") {
                $0.entries[0].directory.extra =
                    RawZip.little(ZipFormat.unicodePathExtra) + [10, 0, 1, 0, 0, 0, 0]
                    + "b.txt".utf8
            },
        ]
        + [9, 12, 14, 93, 95, 98, 99].map { method in
            Fault(.method, "method \(method)") { $0.entries[1].both { $0.method = method } }
        }
        + [0, 6, 13].map { bit in
            Fault(.encrypted, "flag \(bit)") { $0.entries[1].both { $0.flags = 1 << bit } }
        } + [Fault(.method, "patch data") { $0.entries[1].both { $0.flags = 1 << 5 } }]

    static let endFaults: [Fault] = [
        Fault(.truncated, "comment cut") { $0.end.commentSize = 1 },
        Fault(.trailingData, "bytes after the comment") {
            $0.end.comment = Array("<html>".utf8)
            $0.end.commentSize = 0
        },
        Fault(.badHeader, "one entry too few") { $0.end.entries = 1 },
        Fault(.badHeader, "one entry too many") { $0.end.entries = 3 },
        Fault(.badHeader, "directory too long") { $0.end.directorySize = 4_000 },
        Fault(.badHeader, "directory beyond the file") { $0.end.directoryOffset = .max - 1 },
        Fault(.badHeader, "directory elsewhere, nowhere told") { $0.end.directoryOffset = .max },
        Fault(.tooManyEntries, "10,001 entries") { $0.end.entries = 10_001 },
        Fault(.tooManyEntries, "65,535 entries") { $0.end.entries = .max },
        Fault(.tooManyEntries, "1,000,000 entries") {
            $0.zip64 = .init(entries: 1_000_000)
            $0.end.entries = .max
        },
        Fault(.multidisk, "disk 1") { $0.end.disk = 1 },
        Fault(.multidisk, "directory on disk 1") { $0.end.directoryDisk = 1 },
        Fault(.multidisk, "not all entries here") { $0.end.entriesHere = 1 },
        Fault(.multidisk, "ZIP64 record on disk 1") { $0.zip64 = .init(disk: 1) },
        Fault(.multidisk, "ZIP64 locator to disk 1") { $0.zip64 = .init(locatorDisk: 1) },
        Fault(.multidisk, "ZIP64 on two disks") { $0.zip64 = .init(disks: 2) },
        Fault(.badHeader, "ZIP64 record of another size") { $0.zip64 = .init(recordSize: 45) },
        Fault(.badHeader, "ZIP64 record of endless size") { $0.zip64 = .init(recordSize: .max) },
        Fault(.badHeader, "ZIP64 locator elsewhere") { $0.zip64 = .init(locatorOffset: 0) },
        Fault(.badHeader, "ZIP64 locator to another record") { zip in
            let directoryEnd = UInt64(zip.bytes.count - 22)
            zip.zip64 = .init()
            zip.beforeEnd = Array(zip.bytes.dropLast(22 + 20).suffix(56))
            zip.zip64 = .init(locatorOffset: directoryEnd)
        },
        Fault(.badHeader, "ZIP64 locator beyond the file") {
            $0.zip64 = .init(locatorOffset: 1 << 40)
        },
        Fault(.badHeader, "ZIP64 locator at 2^64-1") { $0.zip64 = .init(locatorOffset: .max) },
        Fault(.badHeader, "ZIP64 directory at 2^64-1") {
            $0.zip64 = .init(directoryOffset: .max)
            $0.end.directoryOffset = .max
        },
        Fault(.ambiguous, "ZIP64 record that differs") {
            $0.zip64 = .init(entries: 1)
        },
        Fault(.ambiguous, "two end records") {
            $0.beforeEnd = RawZip.sample.bytes.suffix(22)
        },
        Fault(.ambiguous, "end record in the comment") {
            $0.end.comment = RawZip.sample.bytes.suffix(22)
        },
        Fault(.ambiguous, "end record in the comment that does not close") {
            $0.end.comment = RawZip.little(ZipFormat.endRecord) + [1, 2, 3]
        },
    ]

    static let layoutFaults: [Fault] = [
        Fault(.prefixData, "bytes before, offsets moved") { $0.entries[0].before = [1, 2, 3] },
        Fault(.prefixData, "an image before") {
            $0.entries[0].before = [0x89] + "PNG".utf8
            $0.entries[1].before = []
        },
        Fault(.unlistedData, "bytes between entries") { $0.entries[1].before = [0] },
        Fault(.unlistedData, "bytes before the directory") { $0.beforeDirectory = [0] },
        Fault(.unlistedData, "bytes after the directory") { $0.beforeEnd = [0] },
        Fault(.unlistedData, "an entry that is not listed") { zip in
            zip.add("hidden.xml", [1, 2, 3])
            zip.entries[2].isListed = false
        },
        Fault(.prefixData, "a first entry that is not listed") { $0.entries[0].isListed = false },
        Fault(.unlistedData, "no data descriptor") { $0.entries[1].both { $0.flags = 8 } },
        Fault(.unlistedData, "half a data descriptor") { zip in
            zip.entries[1].describe(withSignature: true)
            zip.entries[1].after.removeLast(2)
        },
        Fault(.overlap, "data that reaches into the next header") {
            $0.entries[0].both {
                $0.compressedSize += 1
                $0.size += 1
            }
        },
        Fault(.overlap, "data that reaches into the directory") {
            $0.entries[1].both { $0.compressedSize += 1 }
        },
        Fault(.overlap, "two records for one entry") { zip in
            zip.entries.append(zip.entries[1])
            zip.entries[2].directory.name = Array("folder/c.xml".utf8)
            zip.entries[2].hasLocal = false
            zip.entries[2].directory.offset = UInt32(30 + 5 + 11)
        },
        Fault(.overlap, "a header in the directory") { zip in
            let directoryOffset = zip.bytes.count - 22 - 2 * 46 - 5 - 12
            zip.entries[1].hasLocal = false
            zip.entries[1].directory.offset = UInt32(directoryOffset)
        },
        Fault(.overlap, "an extra field that swallows the next header") {
            $0.entries[0].local.extra = [0x99, 0x99, 60, 0]
            $0.entries[0].both {
                $0.compressedSize += 40
                $0.size += 40
            }
        },
    ]

    @Test func `bytes before an archive that does not count them are refused`() {
        let bytes = Array("GIF89a".utf8) + RawZip.sample.bytes
        #expect(
            code { () throws(ZipError) in try ZipArchive(reading: MemorySource(bytes)) }
                == .prefixData)
        let stacked = RawZip.sample.bytes + RawZip.sample.bytes
        #expect(
            code { () throws(ZipError) in try ZipArchive(reading: MemorySource(stacked)) }
                == .prefixData)
    }

    /// Each of 250 entries contains all that follow it: 42 kB that would inflate to gigabytes.
    @Test func `overlapping entries are refused before their data is touched`() {
        var zip = RawZip()
        for index in 0..<250 {
            zip.add("\(index)", [UInt8](repeating: 0, count: 10_000))
        }
        var sizeToEnd: UInt32 = 0
        for index in zip.entries.indices.reversed() {
            let own = zip.entries[index].local.compressedSize
            zip.entries[index].both { $0.compressedSize = own + sizeToEnd }
            sizeToEnd += own + UInt32(30 + zip.entries[index].local.name.count)
        }
        let bytes = zip.bytes
        let source = CountingSource(bytes)
        #expect(code { () throws(ZipError) in try ZipArchive(reading: source) } == .overlap)
        let directorySize = zip.entries.reduce(0) { $0 + 46 + $1.directory.name.count }
        #expect(source.bytesRead <= directorySize + min(bytes.count, 0xFFFF + 42))
    }

    @Test func `too many entries are refused before the directory is read`() {
        let source = CountingSource(Fault(.tooManyEntries, "") { $0.end.entries = 10_001 }.bytes)
        let size = Int(source.size)
        #expect(code { () throws(ZipError) in try ZipArchive(reading: source) } == .tooManyEntries)
        #expect(source.bytesRead == size, "the tail only")
    }
}

extension RawZip.Entry {
    /// Moves CRC and sizes behind the data.
    mutating func describe(
        withSignature: Bool, wide: Bool = false, edit: (inout RawZip.Header) -> Void = { _ in }
    ) {
        var header = local
        edit(&header)
        after = withSignature ? RawZip.little(ZipFormat.dataDescriptor) : []
        after += RawZip.little(header.crc)
        for size in [header.compressedSize, header.size] {
            after += wide ? RawZip.little(UInt64(size)) : RawZip.little(size)
        }
        both { $0.flags |= ZipFormat.descriptorFlag }
        (local.crc, local.compressedSize, local.size) = (0, 0, 0)
    }

    /// Moves values of the directory record into a ZIP64 field.
    mutating func widen(
        size: UInt64? = nil, compressedSize: UInt64? = nil, offset: UInt64? = nil
    ) {
        if size != nil { directory.size = .max }
        if compressedSize != nil { directory.compressedSize = .max }
        if offset != nil { directory.offset = .max }
        let values = [size, compressedSize, offset].compactMap { $0 }
        directory.extra =
            RawZip.little(ZipFormat.zip64Extra) + RawZip.little(UInt16(values.count * 8))
            + values.flatMap { RawZip.little($0) }
    }
}
