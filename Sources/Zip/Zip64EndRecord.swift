/// The ZIP64 end record (APPNOTE 4.3.14) and where it stands.
struct Zip64EndRecord {
    let entryCount: UInt64
    let directorySize: UInt64
    let directoryOffset: UInt64
    let offset: UInt64

    /// - Parameter locatorEnd: Where the locator ends and the short end record begins.
    /// - Throws: `badHeader` when the locator does not lead to a whole record right before itself,
    ///   `multidisk`, `cannotRead`.
    init(
        of source: any ByteSource, locator: ArraySlice<UInt8>, locatorEnd: UInt64
    ) throws(ZipError) {
        let offset = locator.uint64(at: 8)
        let size = UInt64(ZipFormat.zip64EndRecordSize)
        let locatorStart = locatorEnd - UInt64(ZipFormat.zip64LocatorSize)
        guard offset <= locatorStart, locatorStart - offset == size else {
            throw ZipError(
                .badHeader, at: locatorStart, found: "a ZIP64 end record at byte \(offset)",
                expected: "\(size) bytes before its locator")
        }
        let record = try source.bytes(at: offset, count: Int(size))
        guard record.uint32(at: 0) == ZipFormat.zip64EndRecord, record.uint64(at: 4) == size - 12
        else {
            throw ZipError(
                .badHeader, at: offset, found: "other bytes", expected: "a ZIP64 end record")
        }
        entryCount = record.uint64(at: 32)
        guard locator.uint32(at: 4) == 0, locator.uint32(at: 16) <= 1,
            record.uint32(at: 16) == 0, record.uint32(at: 20) == 0,
            record.uint64(at: 24) == entryCount
        else {
            throw ZipError(onSeveralDisksAt: offset)
        }
        directorySize = record.uint64(at: 40)
        directoryOffset = record.uint64(at: 48)
        self.offset = offset
    }
}

extension ZipError {
    init(onSeveralDisksAt offset: UInt64) {
        self.init(
            .multidisk, at: offset, found: "a part of an archive on several disks",
            expected: "one file")
    }
}
