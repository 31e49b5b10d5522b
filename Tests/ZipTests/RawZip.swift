@testable import Zip

/// An archive put together by hand, every field of which a test can set wrong.
struct RawZip {
    /// The fields of a local header or a directory record.
    struct Header {
        var signature: UInt32
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var crc: UInt32 = 0
        var compressedSize: UInt32 = 0
        var size: UInt32 = 0
        var name: [UInt8]
        var extra: [UInt8] = []
        // Directory only.
        var comment: [UInt8] = []
        var disk: UInt16 = 0
        var attributes: UInt32 = 0
        /// Nil: where the local header really is.
        var offset: UInt32?
    }

    struct Entry {
        var local: Header
        var directory: Header
        /// As it stands in the file.
        var data: [UInt8]
        var before: [UInt8] = []
        var after: [UInt8] = []
        var hasLocal = true
        var isListed = true

        /// Both headers at once.
        mutating func both(_ edit: (inout Header) -> Void) {
            edit(&local)
            edit(&directory)
        }
    }

    struct End {
        var signature = ZipFormat.endRecord
        var disk: UInt16 = 0
        var directoryDisk: UInt16 = 0
        var entriesHere: UInt16?
        var entries: UInt16?
        var directorySize: UInt32?
        var directoryOffset: UInt32?
        var comment: [UInt8] = []
        var commentSize: UInt16?
    }

    /// Nil fields are what they should be.
    struct Zip64End {
        var recordSize: UInt64 = 44
        var disk: UInt32 = 0
        var entries: UInt64?
        var directorySize: UInt64?
        var directoryOffset: UInt64?
        var locatorDisk: UInt32 = 0
        var locatorOffset: UInt64?
        var disks: UInt32 = 1
    }

    var entries: [Entry] = []
    /// Local headers and data are written the other way round.
    var isReversed = false
    var beforeDirectory: [UInt8] = []
    var beforeEnd: [UInt8] = []
    var zip64: Zip64End?
    var end = End()

    /// `a.txt` stored and `folder/b.xml` deflated: the archive most tests start from.
    static var sample: RawZip {
        var zip = RawZip()
        zip.add("a.txt", Array("plain words".utf8), deflated: false)
        zip.add("folder/b.xml", Array(String(repeating: "<row/>", count: 40).utf8))
        return zip
    }

    mutating func add(_ name: String, _ contents: [UInt8], deflated: Bool = true) {
        add(Array(name.utf8), contents, data: deflated ? Self.deflate(contents) : nil)
    }

    /// - Parameter data: The deflate stream; nil to store the contents.
    mutating func add(_ name: [UInt8], _ contents: [UInt8], data: [UInt8]?) {
        var header = Header(signature: ZipFormat.localHeader, name: name)
        header.method = data == nil ? 0 : 8
        header.crc = Crc32.of(contents)
        header.compressedSize = UInt32((data ?? contents).count)
        header.size = UInt32(contents.count)
        var directory = header
        directory.signature = ZipFormat.directoryRecord
        entries.append(Entry(local: header, directory: directory, data: data ?? contents))
    }

    static func deflate(_ bytes: [UInt8]) -> [UInt8] {
        var compressed: [UInt8] = []
        do throws(ZipError) {
            let deflater = try Deflater(level: CompressionLevel(9))
            let window = UnsafeRawBufferPointer(start: nil, count: 0)
            bytes.withUnsafeBytes {
                deflater.deflate($0, after: window, isLast: true, into: &compressed)
            }
        } catch {
            preconditionFailure("no memory")
        }
        return compressed
    }

    /// A ZIP64 field with these values.
    static func zip64Extra(_ values: UInt64...) -> [UInt8] {
        little(ZipFormat.zip64Extra) + little(UInt16(values.count * 8)) + values.flatMap(little)
    }

    static func little(_ number: some FixedWidthInteger) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(little: number)
        return bytes
    }
}

extension RawZip {
    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var offsets = [Int](repeating: 0, count: entries.count)
        let order = isReversed ? Array(entries.indices.reversed()) : Array(entries.indices)
        for index in order where entries[index].hasLocal {
            let entry = entries[index]
            bytes += entry.before
            offsets[index] = bytes.count
            bytes += Self.localHeader(entry.local) + entry.data + entry.after
        }
        bytes += beforeDirectory
        let directoryOffset = bytes.count
        for (entry, offset) in zip(entries, offsets) where entry.isListed {
            bytes += Self.directoryRecord(entry.directory, offset: offset)
        }
        let directorySize = bytes.count - directoryOffset
        bytes += beforeEnd
        if let zip64 { bytes += zip64Records(zip64, directoryOffset, directorySize, bytes.count) }
        return bytes + endRecord(directoryOffset, directorySize)
    }

    private var listedCount: Int { entries.count { $0.isListed } }

    private static func localHeader(_ header: Header) -> [UInt8] {
        little(header.signature) + little(UInt16(20)) + common(header) + header.name
            + header.extra
    }

    private static func directoryRecord(_ header: Header, offset: Int) -> [UInt8] {
        let offset = header.offset ?? UInt32(offset)
        return little(header.signature) + little(UInt16(20)) + little(UInt16(20))
            + common(header) + little(UInt16(header.comment.count)) + little(header.disk)
            + little(UInt16(0)) + little(header.attributes) + little(offset)
            + header.name + header.extra + header.comment
    }

    private static func common(_ header: Header) -> [UInt8] {
        little(header.flags) + little(header.method) + little(UInt32(0x21_0000))
            + little(header.crc) + little(header.compressedSize) + little(header.size)
            + little(UInt16(header.name.count)) + little(UInt16(header.extra.count))
    }

    private func zip64Records(
        _ zip64: Zip64End, _ directoryOffset: Int, _ directorySize: Int, _ offset: Int
    ) -> [UInt8] {
        let entries = zip64.entries ?? UInt64(listedCount)
        let record =
            Self.little(ZipFormat.zip64EndRecord) + Self.little(zip64.recordSize)
            + Self.little(UInt32(45 << 16 | 45)) + Self.little(zip64.disk)
            + Self.little(UInt32(0)) + Self.little(entries) + Self.little(entries)
            + Self.little(zip64.directorySize ?? UInt64(directorySize))
            + Self.little(zip64.directoryOffset ?? UInt64(directoryOffset))
        return record + Self.little(ZipFormat.zip64Locator) + Self.little(zip64.locatorDisk)
            + Self.little(zip64.locatorOffset ?? UInt64(offset)) + Self.little(zip64.disks)
    }

    private func endRecord(_ directoryOffset: Int, _ directorySize: Int) -> [UInt8] {
        let count = UInt16(truncatingIfNeeded: listedCount)
        return Self.little(end.signature) + Self.little(end.disk)
            + Self.little(end.directoryDisk)
            + Self.little(end.entriesHere ?? end.entries ?? count)
            + Self.little(end.entries ?? count)
            + Self.little(end.directorySize ?? UInt32(directorySize))
            + Self.little(end.directoryOffset ?? UInt32(directoryOffset))
            + Self.little(end.commentSize ?? UInt16(end.comment.count)) + end.comment
    }
}
