/// What the end of an archive says about its central directory (APPNOTE 4.3.14 to 4.3.16).
///
/// Programs that look for the last record, for the first, or trust a comment's length could be
/// shown different archives in one file. So exactly one record may claim the end of the file, and
/// no signature of another may follow it.
struct EndRecord {
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
        let tail = try ArchiveTail(of: source)
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

    /// The directory ends where the end begins; otherwise says what lies between.
    private func checkDirectoryEnd(in source: any ByteSource) throws(ZipError) {
        let (end, overflows) = directoryOffset.addingReportingOverflow(directorySize)
        if !overflows, end == offset { return }
        guard !overflows, end < offset else {
            throw ZipError(
                .badHeader, at: offset,
                found: "a central directory that ends beyond its end record",
                expected: "an end at byte \(offset)")
        }
        if try source.hasSignature(ZipFormat.directoryRecord, at: offset - directorySize) {
            throw ZipError(
                .prefixData, at: 0, found: "\(offset - end) bytes before the archive",
                expected: "none")
        }
        if hasRival {
            throw ZipError(
                .ambiguous, at: offset, found: "two end records", expected: "one")
        }
        throw ZipError(
            .unlistedData, at: end,
            found: "\(offset - end) bytes between the central directory and its end record",
            expected: "none")
    }
}

extension ByteSource {
    /// Whether a record with this signature begins at `offset`; false at the end of the bytes.
    fileprivate func hasSignature(_ signature: UInt32, at offset: UInt64) throws(ZipError) -> Bool {
        guard offset <= size, size - offset >= 4 else { return false }
        return try bytes(at: offset, count: 4).uint32(at: 0) == signature
    }
}
