/// What the end of an archive says about its central directory (APPNOTE 4.3.14 to 4.3.16).
///
/// Programs that look for the last record, for the first, or trust a comment's length could be
/// shown different archives in one file. So exactly one record may claim the end of the file, and
/// no signature of another may follow it.
struct EndRecord: Equatable {
    var entryCount: UInt64
    var directoryOffset: UInt64
    var directorySize: UInt64
    /// Where the records of the end begin, and so where the directory must end.
    var offset: UInt64
    /// Whether a second record stands between the directory and the one that was chosen.
    private var hasRival = false
}

extension EndRecord {
    /// Finds the record and proves that the directory ends where it begins.
    ///
    /// - Throws: `truncated` without a record, `trailingData`, `ambiguous`, `multidisk`,
    ///   `badHeader`, `prefixData`, `unlistedData`, `noEntries`, `cannotRead`.
    init(of source: any ByteSource) throws(ZipError) {
        let tail = try Tail(of: source)
        let position = try tail.onlyRecordPosition()
        let record = tail.bytes[position...]
        let disks = (record.uint16(at: 4), record.uint16(at: 6))
        entryCount = UInt64(record.uint16(at: 10))
        directorySize = UInt64(record.uint32(at: 12))
        directoryOffset = UInt64(record.uint32(at: 16))
        offset = tail.offset + UInt64(position)
        if let locator = tail.zip64Locator(before: position) {
            let wide = try Zip64EndRecord(of: source, locator: locator, locatorEnd: offset)
            try self.widen(by: wide, disks: disks, entriesHere: record.uint16(at: 8))
        } else {
            guard disks == (0, 0), record.uint16(at: 8) == entryCount else {
                throw ZipError(onSeveralDisksAt: offset)
            }
        }
        hasRival = tail.signaturePositions.contains { signature in
            let place = tail.offset + UInt64(signature)
            return place >= directoryOffset && signature != position
        }
        try checkDirectoryEnd(in: source)
        guard entryCount > 0 else {
            throw ZipError(.noEntries, found: "an empty archive", expected: "entries")
        }
    }

    /// Takes the ZIP64 record's values; the short record must say the same or "look there".
    private mutating func widen(
        by wide: Zip64EndRecord, disks: (UInt16, UInt16), entriesHere: UInt16
    ) throws(ZipError) {
        guard [disks.0, disks.1].allSatisfy({ $0 == 0 || $0 == ZipFormat.elsewhere16 }) else {
            throw ZipError(onSeveralDisksAt: offset)
        }
        func agrees(_ short: UInt64, _ long: UInt64, _ elsewhere: UInt64) -> Bool {
            short == long || short == elsewhere
        }
        let elsewhere16 = UInt64(ZipFormat.elsewhere16)
        let elsewhere32 = UInt64(ZipFormat.elsewhere32)
        guard agrees(entryCount, wide.entryCount, elsewhere16),
            agrees(UInt64(entriesHere), wide.entryCount, elsewhere16),
            agrees(directorySize, wide.directorySize, elsewhere32),
            agrees(directoryOffset, wide.directoryOffset, elsewhere32)
        else {
            throw ZipError(
                .ambiguous, at: offset, found: "two end records that differ", expected: "one answer"
            )
        }
        entryCount = wide.entryCount
        directorySize = wide.directorySize
        directoryOffset = wide.directoryOffset
        offset = wide.offset
    }

    /// The directory lies in the file and ends where the end begins; otherwise says what lies between.
    private func checkDirectoryEnd(in source: any ByteSource) throws(ZipError) {
        let (end, overflows) = directoryOffset.addingReportingOverflow(directorySize)
        if !overflows, end == offset { return }
        guard !overflows, end < offset else {
            throw ZipError(
                .badHeader, at: offset,
                found: "a central directory that ends beyond its end record",
                expected: "an end at byte \(offset)")
        }
        if hasRival {
            throw ZipError(
                .ambiguous, at: offset, found: "two end records", expected: "one")
        }
        if try source.hasSignature(ZipFormat.directoryRecord, at: offset - directorySize) {
            throw ZipError(
                .prefixData, at: 0, found: "\(offset - end) bytes before the archive",
                expected: "none")
        }
        throw ZipError(
            .unlistedData, at: end,
            found: "\(offset - end) bytes between the central directory and its end record",
            expected: "none")
    }
}

/// The bytes at the end of a file among which the end record must be.
private struct Tail {
    let bytes: [UInt8]
    /// Where they begin in the file.
    let offset: UInt64
    let signaturePositions: [Int]

    private static let sizeMax = UInt64(
        ZipFormat.endRecordSize + ZipFormat.commentSizeMax + ZipFormat.zip64LocatorSize)

    init(of source: any ByteSource) throws(ZipError) {
        let size = min(source.size, Self.sizeMax)
        offset = source.size - size
        bytes = try source.bytes(at: offset, count: Int(size))
        signaturePositions = bytes.positions(of: ZipFormat.endRecord)
    }

    /// The position of the one record whose comment ends with the file.
    func onlyRecordPosition() throws(ZipError) -> Int {
        let closing = signaturePositions.filter { commentEnd(of: $0) == bytes.count }
        guard let position = closing.last else { throw errorWithoutRecord() }
        guard closing.count == 1, signaturePositions.last == position else {
            throw ZipError(
                .ambiguous, at: offset + UInt64(position), found: "several end records",
                expected: "one")
        }
        return position
    }

    func zip64Locator(before position: Int) -> ArraySlice<UInt8>? {
        let start = position - ZipFormat.zip64LocatorSize
        guard start >= 0, bytes[start...].uint32(at: 0) == ZipFormat.zip64Locator else {
            return nil
        }
        return bytes[start..<position]
    }

    /// Where the record at `position` says that the file ends; nil when it is cut itself.
    private func commentEnd(of position: Int) -> Int? {
        guard position + ZipFormat.endRecordSize <= bytes.count else { return nil }
        return position + ZipFormat.endRecordSize + Int(bytes[position...].uint16(at: 20))
    }

    /// Something follows the last record, or there is none. A record that merely lies in an entry's
    /// data (a workbook within a workbook) does not count: its directory does not end there.
    private func errorWithoutRecord() -> ZipError {
        for position in signaturePositions.reversed() {
            guard let end = commentEnd(of: position), end < bytes.count else { continue }
            let record = bytes[position...]
            let directoryEnd = UInt64(record.uint32(at: 12)) + UInt64(record.uint32(at: 16))
            guard directoryEnd == offset + UInt64(position) else { continue }
            return ZipError(
                .trailingData, at: offset + UInt64(end),
                found: "\(bytes.count - end) bytes after the archive", expected: "none")
        }
        return ZipError(
            .truncated, at: offset + UInt64(bytes.count), found: "the end of the file",
            expected: "an archive's end record before it")
    }
}

/// The wide end record and where it stands.
private struct Zip64EndRecord {
    let entryCount: UInt64
    let directorySize: UInt64
    let directoryOffset: UInt64
    let offset: UInt64

    /// - Throws: `badHeader` when the locator does not lead to a whole record right before itself.
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
    fileprivate init(onSeveralDisksAt offset: UInt64) {
        self.init(
            .multidisk, at: offset, found: "a part of an archive on several disks",
            expected: "one file")
    }
}

extension ByteSource {
    /// Whether a record with this signature begins at `offset`; false at the end of the bytes.
    fileprivate func hasSignature(_ signature: UInt32, at offset: UInt64) throws(ZipError) -> Bool {
        guard offset <= size, size - offset >= 4 else { return false }
        return try bytes(at: offset, count: 4).uint32(at: 0) == signature
    }
}
