/// The bytes at the end of a file among which the end record must be.
struct ArchiveTail {
    let bytes: [UInt8]
    /// Where they begin in the file.
    let offset: UInt64
    /// Every place in `bytes` that looks like an end record, in ascending order.
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
    ///
    /// - Throws: `ambiguous`, `trailingData`, `truncated`.
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

    /// The ZIP64 locator right before the record, or nil (APPNOTE 4.3.15).
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
