/// Writes a ZIP archive, one entry after another.
///
///     var writer = ZipWriter(to: MemorySink())
///     try writer.beginEntry(named: "xl/workbook.xml")
///     try writer.write(bytes)
///     try writer.endEntry()
///     let archive = try writer.finish().bytes
///
/// The same calls give the same bytes. Sizes stand in the local headers, so the sink must be one
/// that can be corrected; there are no data descriptors and no ZIP64. After an error the archive is
/// lost. A writer is used from one place: a copy would write to the same entry.
package struct ZipWriter<Sink: ByteSink> {
    /// The format's own limit without ZIP64; its highest value means "elsewhere".
    private static var formatSizeMax: UInt64 { UInt64(ZipFormat.elsewhere32) - 1 }
    private static var entryCountMax: Int { Int(ZipFormat.elsewhere16) - 1 }

    private let sizeMax: UInt64
    private var sink: Sink
    private var encoder: EntryEncoder
    private var entries: [WrittenEntry] = []
    private var keys: Set<String> = []
    /// The bytes in the sink.
    private var size: UInt64 = 0
    private var current: WrittenEntry?

    /// Begins an archive at the start of `sink`.
    ///
    /// - Parameter threadCount: Threads that compress. The bytes do not depend on it.
    package init(to sink: Sink, threadCount: Int = 1) {
        self.init(to: sink, threadCount: threadCount, sizeMax: Self.formatSizeMax)
    }

    /// - Parameter sizeMax: Bytes of the archive without its end record, and of an entry inflated.
    init(to sink: Sink, threadCount: Int = 1, sizeMax: UInt64) {
        self.sink = sink
        self.sizeMax = sizeMax
        encoder = EntryEncoder(threadCount: threadCount)
    }

    /// Begins an entry; the one before must be ended.
    ///
    /// - Parameter name: Relative, with `/` between its parts.
    /// - Throws: `badName`, `duplicateEntry`, `tooLarge` (the 65,535th entry), `cannotWrite`.
    package mutating func beginEntry(
        named name: String, level: CompressionLevel = .default
    ) throws(ZipError) {
        let isDeflated = level != .stored
        let entry = WrittenEntry(name: name, isDeflated: isDeflated, offset: size)
        try beginEntry(entry)
        try encoder.begin(level: level)
        current = entry
    }

    /// Adds bytes to the entry that was begun.
    ///
    /// - Throws: `tooLarge`, `cannotWrite`.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        precondition(current != nil, "no entry was begun")
        try encoder.write(bytes, to: &sink)
        try checkSize(encoder.size)
    }

    /// Adds bytes to the entry that was begun.
    ///
    /// - Throws: `tooLarge`, `cannotWrite`.
    package mutating func write(_ bytes: [UInt8]) throws(ZipError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ZipError) in
            try write(UnsafeRawBufferPointer(bytes))
        }
    }

    /// Ends the entry: writes what is left of it and corrects its header.
    ///
    /// - Throws: `tooLarge`, `cannotWrite`.
    package mutating func endEntry() throws(ZipError) {
        guard var entry = current else { preconditionFailure("no entry was begun") }
        try encoder.finish(to: &sink)
        try checkSize(encoder.size)
        entry.crc = encoder.crc.value
        entry.size = encoder.size
        entry.compressedSize = encoder.compressedSize
        size += entry.compressedSize
        try checkSize(size)
        try sink.overwrite(at: entry.offset + WrittenEntry.sumsPosition, entry.sums)
        entries.append(entry)
        current = nil
    }

    /// Copies an entry of another archive with its compressed bytes as they are, unproven.
    ///
    /// - Throws: As `beginEntry(named:level:)` and `endEntry()`; `cannotRead`, `truncated`.
    package mutating func copyEntry(
        _ entry: ZipEntry, of archive: ZipArchive
    ) throws(ZipError) {
        try checkSize(entry.size)
        try checkSize(entry.compressedSize)
        let copy = WrittenEntry(
            name: entry.name, isDeflated: entry.isDeflated, offset: size, crc: entry.crc,
            compressedSize: entry.compressedSize, size: entry.size)
        try beginEntry(copy)
        let blockSizeMax: UInt64 = 1 << 16
        var done: UInt64 = 0
        while done < entry.compressedSize {
            let count = min(entry.compressedSize - done, blockSizeMax)
            let offset = entry.dataOffset + done
            try sink.write(archive.source.bytes(at: offset, count: Int(count)))
            done += count
        }
        size += done
        try checkSize(size)
        entries.append(copy)
    }

    /// Writes the central directory and hands the sink back, flushed. Nothing can be added after.
    ///
    /// - Throws: `tooLarge`, `cannotWrite`.
    package mutating func finish() throws(ZipError) -> Sink {
        precondition(current == nil, "an entry was begun and not ended")
        let directoryOffset = size
        for entry in entries { try put(entry.directoryRecord) }
        let directorySize = size - directoryOffset
        try checkSize(size)
        var end: [UInt8] = []
        end.append(little: ZipFormat.endRecord)
        end.append(little: UInt32(0))  // disks
        end.append(little: UInt16(truncatingIfNeeded: entries.count))
        end.append(little: UInt16(truncatingIfNeeded: entries.count))
        end.append(little: UInt32(truncatingIfNeeded: directorySize))
        end.append(little: UInt32(truncatingIfNeeded: directoryOffset))
        end.append(little: UInt16(0))  // comment
        try put(end)
        try sink.flush()
        return sink
    }

    private mutating func beginEntry(_ entry: WrittenEntry) throws(ZipError) {
        precondition(current == nil, "an entry was begun and not ended")
        let name = try EntryName(Array(entry.name.utf8), limits: .upload, at: size)
        guard keys.insert(name.key).inserted else {
            throw ZipError(
                .duplicateEntry, entry: entry.name, at: size,
                found: "a second entry of this name", expected: "one")
        }
        guard entries.count < Self.entryCountMax else {
            throw ZipError(
                .tooLarge, entry: entry.name, found: "one entry more",
                expected: "at most \(Self.entryCountMax) entries")
        }
        try put(entry.localHeader)
    }

    private mutating func put(_ bytes: [UInt8]) throws(ZipError) {
        try sink.write(bytes)
        size += UInt64(bytes.count)
    }

    private func checkSize(_ size: UInt64) throws(ZipError) {
        guard size <= sizeMax else {
            throw ZipError(
                .tooLarge, entry: current?.name, found: "\(size) bytes",
                expected: "at most \(sizeMax)")
        }
    }
}
