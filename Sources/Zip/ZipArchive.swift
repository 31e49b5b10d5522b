/// A ZIP archive open for reading.
///
/// Opening reads the central directory and every local header and proves that all programs would
/// see the same entries in it; no entry is inflated. Values can be copied and used by several
/// threads at once; each reader belongs to one.
///
///     let archive = try ZipArchive(reading: FileSource(opening: path))
///     if let entry = archive.entry(named: "xl/workbook.xml") {
///         let bytes = try archive.contents(of: entry, sizeMax: 1 << 20)
///     }
package struct ZipArchive: Sendable {
    /// In the directory's order; at least one.
    package let entries: [ZipEntry]

    let source: any ByteSource
    private let limits: ZipLimits
    private let indexByKey: [String: Int]
    private let budget: InflationBudget

    /// Reads the directory.
    ///
    /// - Throws: Every code of the archive's structure: `truncated` (no end record), `noEntries`,
    ///   `badHeader`, `tooManyEntries`, `badName`, `duplicateEntry`, `headerMismatch`, `ambiguous`,
    ///   `prefixData`, `trailingData`, `unlistedData`, `overlap`, `method`, `encrypted`,
    ///   `multidisk`, `sizeMismatch` (impossible already); `cannotRead`.
    /// - Complexity: O(n log n) in entries; holds the directory, not the data.
    package init(
        reading source: any ByteSource, limits: ZipLimits = .upload
    ) throws(ZipError) {
        let end = try EndRecord(of: source)
        let records = try Self.records(of: end, in: source, limits: limits)
        indexByKey = try Self.indexes(of: records)
        let layout = ArchiveLayout(directoryOffset: end.directoryOffset)
        let dataOffsets = try layout.dataOffsets(of: records, in: source)
        entries = zip(records, dataOffsets).map { ZipEntry($0, dataOffset: $1) }
        budget = InflationBudget(sizeMax: limits.totalInflatedSizeMax)
        self.source = source
        self.limits = limits
    }

    /// The entry of this name, or nil. Case of ASCII letters, kind of slash and a leading slash do
    /// not matter (ECMA-376 Part 2 §6.2.2.3: part names are compared without case).
    package func entry(named name: String) -> ZipEntry? {
        indexByKey[EntryName.key(of: name)].map { entries[$0] }
    }

    /// Begins to read an entry of this archive.
    ///
    /// - Throws: `inflatedTooLarge` when its size, or that of all entries opened so far, is beyond
    ///   the limits.
    package func open(_ entry: ZipEntry) throws(ZipError) -> ZipEntryReader {
        guard entry.size <= limits.entryInflatedSizeMax else {
            throw ZipError(
                .inflatedTooLarge, entry: entry.name, found: "\(entry.size) bytes",
                expected: "at most \(limits.entryInflatedSizeMax)")
        }
        try budget.spend(on: entry)
        return try ZipEntryReader(of: entry, in: source, limits: limits)
    }

    /// The whole of a small entry, proven.
    ///
    /// - Throws: `inflatedTooLarge` beyond `sizeMax`, before anything is inflated, and what
    ///   `open(_:)` and reading throw.
    package func contents(of entry: ZipEntry, sizeMax: Int) throws(ZipError) -> [UInt8] {
        guard entry.size <= sizeMax else {
            throw ZipError(
                .inflatedTooLarge, entry: entry.name, found: "\(entry.size) bytes",
                expected: "at most \(sizeMax)")
        }
        let reader = try open(entry)
        var contents: [UInt8] = []
        var block = [UInt8](repeating: 0, count: ZipEntryReader.stepSizeMax)
        while true {
            let count = try block.withUnsafeMutableBufferPointer { (block) throws(ZipError) in
                try reader.read(into: UnsafeMutableRawBufferPointer(block))
            }
            if count == 0 { return contents }
            contents.append(contentsOf: block[..<count])
        }
    }

    private static func records(
        of end: EndRecord, in source: any ByteSource, limits: ZipLimits
    ) throws(ZipError) -> [DirectoryRecord] {
        guard end.entryCount <= limits.entryCountMax else {
            throw ZipError(
                .tooManyEntries, at: end.offset, found: "\(end.entryCount) entries",
                expected: "at most \(limits.entryCountMax)")
        }
        guard end.directorySize <= limits.directorySizeMax else {
            throw ZipError(
                .badHeader, at: end.offset,
                found: "a central directory of \(end.directorySize) bytes",
                expected: "at most \(limits.directorySizeMax)")
        }
        let bytes = try source.bytes(at: end.directoryOffset, count: Int(end.directorySize))
        var rest = bytes[...]
        var records: [DirectoryRecord] = []
        while !rest.isEmpty, records.count < end.entryCount {
            let offset = end.directoryOffset + UInt64(rest.startIndex)
            records.append(try DirectoryRecord(takenOff: &rest, at: offset, limits: limits))
        }
        guard records.count == end.entryCount, rest.isEmpty else {
            throw ZipError(
                .badHeader, at: end.offset,
                found: "\(rest.isEmpty ? "fewer" : "more") records than the end record says",
                expected: "\(end.entryCount)")
        }
        return records
    }

    private static func indexes(of records: [DirectoryRecord]) throws(ZipError) -> [String: Int] {
        var indexes: [String: Int] = [:]
        for (index, record) in records.enumerated()
        where indexes.updateValue(index, forKey: record.name.key) != nil {
            throw ZipError(
                .duplicateEntry, entry: record.name.text, at: record.localOffset,
                found: "a second entry of this name", expected: "one")
        }
        return indexes
    }
}
