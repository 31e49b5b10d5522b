/// The header before an entry's data (APPNOTE 4.3.7), proven to say what the directory says.
///
/// Some programs read one, some the other; an archive in which they differ is two archives.
struct LocalHeader {
    /// Where the entry's data begins in the file.
    let dataOffset: UInt64

    /// - Throws: `badHeader` when no header is there, `headerMismatch`, `truncated`, `cannotRead`.
    init(of record: DirectoryRecord, in source: any ByteSource) throws(ZipError) {
        let offset = record.localOffset
        do throws(ZipError) {
            let header = try source.bytes(at: offset, count: ZipFormat.localHeaderSize)
            guard header.uint32(at: 0) == ZipFormat.localHeader else {
                throw ZipError(.badHeader, found: "other bytes", expected: "a local header")
            }
            let nameSize = Int(header.uint16(at: 26))
            let extraSize = Int(header.uint16(at: 28))
            let rest = try source.bytes(
                at: offset + UInt64(ZipFormat.localHeaderSize), count: nameSize + extraSize)
            guard header.uint16(at: 6) == record.flags,
                header.uint16(at: 8) == record.method,
                rest.prefix(nameSize).elementsEqual(record.name.text.utf8)
            else {
                throw ZipError(
                    .headerMismatch, found: "another name, method or flags than in the directory",
                    expected: "the same")
            }
            let extra = ExtraFields(bytes: rest.dropFirst(nameSize))
            try Self.checkSizes(in: header, extra: extra, against: record)
            dataOffset = offset + UInt64(ZipFormat.localHeaderSize + nameSize + extraSize)
        } catch {
            var error = error.inEntry(record.name.text)
            error.offset = offset
            throw error
        }
    }

    /// Sizes and CRC equal the directory's; with a data descriptor each may be 0 here.
    private static func checkSizes(
        in header: [UInt8], extra: ExtraFields, against record: DirectoryRecord
    ) throws(ZipError) {
        var compressedSize = UInt64(header.uint32(at: 18))
        var size = UInt64(header.uint32(at: 22))
        let elsewhere = UInt64(ZipFormat.elsewhere32)
        if compressedSize == elsewhere || size == elsewhere {
            var values = Zip64Values(extra)
            if size == elsewhere { size = values?.next64() ?? size }
            if compressedSize == elsewhere { compressedSize = values?.next64() ?? compressedSize }
        }
        func agrees(_ here: UInt64, _ there: UInt64) -> Bool {
            here == there || record.hasDescriptor && here == 0
        }
        guard agrees(UInt64(header.uint32(at: 14)), UInt64(record.crc)),
            agrees(compressedSize, record.compressedSize), agrees(size, record.size)
        else {
            throw ZipError(
                .headerMismatch, found: "another size or CRC-32 than in the directory",
                expected: "the same")
        }
    }
}
