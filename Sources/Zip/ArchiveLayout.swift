/// Proves that the entries fill the file from its start to the central directory, each byte once.
///
/// Entries that overlap let a small file inflate to anything; bytes in no entry hide what another
/// program would find.
struct ArchiveLayout {
    let directoryOffset: UInt64

    /// Where the data of each record begins, in the order of `records`.
    ///
    /// - Throws: `overlap`, `prefixData`, `unlistedData`, and what `LocalHeader` throws.
    /// - Complexity: O(n log n); one or two small reads an entry, none before all are disjoint.
    func dataOffsets(
        of records: [DirectoryRecord], in source: any ByteSource
    ) throws(ZipError) -> [UInt64] {
        let order = records.indices.sorted { records[$0].localOffset < records[$1].localOffset }
        let starts = order.map { records[$0].localOffset }
        let limits = starts.dropFirst() + [directoryOffset]
        for (index, limit) in zip(order, limits) {
            try checkRoom(of: records[index], before: limit, fileSize: source.size)
        }
        if let first = starts.first, first > 0 {
            throw ZipError(
                .prefixData, at: 0, found: "\(first) bytes before the first entry", expected: "none"
            )
        }
        var offsets = [UInt64](repeating: 0, count: records.count)
        for (index, limit) in zip(order, limits) {
            let header = try LocalHeader(of: records[index], in: source)
            offsets[index] = header.dataOffset
            try checkEnd(of: records[index], from: header.dataOffset, to: limit, in: source)
        }
        return offsets
    }

    /// Header, name and data as the directory tells them end at or before the next entry.
    private func checkRoom(
        of record: DirectoryRecord, before limit: UInt64, fileSize: UInt64
    ) throws(ZipError) {
        guard record.localOffset <= fileSize, record.compressedSize <= fileSize else {
            throw ZipError(
                .badHeader, entry: record.name.text, at: record.localOffset,
                found: "an entry beyond the end of the file",
                expected: "one within its \(fileSize) bytes")
        }
        let headerSize = UInt64(ZipFormat.localHeaderSize + record.name.text.utf8.count)
        if record.localOffset + headerSize + record.compressedSize > limit {
            throw overlap(of: record, at: limit)
        }
    }

    /// Between an entry's data and the next entry stands its data descriptor or nothing.
    private func checkEnd(
        of record: DirectoryRecord, from dataOffset: UInt64, to limit: UInt64,
        in source: any ByteSource
    ) throws(ZipError) {
        let end = dataOffset + record.compressedSize
        guard end <= limit else { throw overlap(of: record, at: limit) }
        let gap = limit - end
        if gap == 0, !record.hasDescriptor { return }
        guard record.hasDescriptor, let form = DataDescriptor(size: gap) else {
            throw ZipError(
                .unlistedData, entry: record.name.text, at: end,
                found: "\(gap) bytes after the entry's data",
                expected: record.hasDescriptor ? "a data descriptor" : "none")
        }
        let bytes = try source.bytes(at: end, count: Int(gap))
        guard form.matches(bytes, record) else {
            throw ZipError(
                .headerMismatch, entry: record.name.text, at: end,
                found: "a data descriptor with other values than the directory",
                expected: "the same")
        }
    }

    private func overlap(of record: DirectoryRecord, at limit: UInt64) -> ZipError {
        ZipError(
            .overlap, entry: record.name.text, at: record.localOffset,
            found: "an entry that reaches into what begins at byte \(limit)",
            expected: "entries apart from each other")
    }
}

/// CRC and sizes after the data: with or without signature, sizes of 4 or 8 bytes (APPNOTE 4.3.9).
private struct DataDescriptor {
    private let hasSignature: Bool
    private let isWide: Bool

    init?(size: UInt64) {
        switch size {
        case 12: (hasSignature, isWide) = (false, false)
        case 16: (hasSignature, isWide) = (true, false)
        case 20: (hasSignature, isWide) = (false, true)
        case 24: (hasSignature, isWide) = (true, true)
        default: return nil
        }
    }

    func matches(_ bytes: [UInt8], _ record: DirectoryRecord) -> Bool {
        var rest = bytes[...]
        if hasSignature {
            guard rest.uint32(at: 0) == ZipFormat.dataDescriptor else { return false }
            rest = rest.dropFirst(4)
        }
        guard rest.uint32(at: 0) == record.crc else { return false }
        if isWide {
            return rest.uint64(at: 4) == record.compressedSize && rest.uint64(at: 12) == record.size
        }
        return UInt64(rest.uint32(at: 4)) == record.compressedSize
            && UInt64(rest.uint32(at: 8)) == record.size
    }
}
