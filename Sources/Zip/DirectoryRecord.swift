/// One record of the central directory (APPNOTE 4.3.12), its 64-bit values already in place.
struct DirectoryRecord {
    let name: EntryName
    let flags: UInt16
    let method: UInt16
    let crc: UInt32
    private(set) var compressedSize: UInt64
    private(set) var size: UInt64
    private(set) var localOffset: UInt64
    private let externalAttributes: UInt32

    /// Whether the sizes may follow the data instead of standing in the local header.
    var hasDescriptor: Bool { flags & ZipFormat.descriptorFlag != 0 }
    var isFolder: Bool { name.text.hasSuffix("/") || name.text.hasSuffix("\\") }

    /// Parses the record at the front of `directory` and takes it off.
    ///
    /// - Parameter offset: Where the record stands in the file.
    /// - Throws: `badHeader`, `badName`, `ambiguous`, `multidisk`, `encrypted`, `method`,
    ///   `sizeMismatch`.
    init(
        takenOff directory: inout ArraySlice<UInt8>, at offset: UInt64, limits: ZipLimits
    ) throws(ZipError) {
        let record = try Self.take(ZipFormat.directoryRecordSize, off: &directory, at: offset)
        guard record.uint32(at: 0) == ZipFormat.directoryRecord else {
            throw ZipError(
                .badHeader, at: offset, found: "other bytes", expected: "a directory record")
        }
        let nameBytes = try Self.take(Int(record.uint16(at: 28)), off: &directory, at: offset)
        let extra = try Self.take(Int(record.uint16(at: 30)), off: &directory, at: offset)
        let comment = try Self.take(Int(record.uint16(at: 32)), off: &directory, at: offset)
        name = try EntryName(nameBytes, limits: limits, at: offset)
        flags = record.uint16(at: 8)
        method = record.uint16(at: 10)
        crc = record.uint32(at: 16)
        compressedSize = UInt64(record.uint32(at: 20))
        size = UInt64(record.uint32(at: 24))
        localOffset = UInt64(record.uint32(at: 42))
        externalAttributes = record.uint32(at: 38)
        do throws(ZipError) {
            try checkHidden(extra, comment, name: nameBytes)
            try widen(ExtraFields(bytes: extra), disk: record.uint16(at: 34))
            try checkValues()
        } catch {
            var error = error.inEntry(name.text)
            error.offset = offset
            throw error
        }
    }

    private static func take(
        _ count: Int, off directory: inout ArraySlice<UInt8>, at offset: UInt64
    ) throws(ZipError) -> ArraySlice<UInt8> {
        guard directory.count >= count else {
            throw ZipError(
                .badHeader, at: offset, found: "a record that leaves the central directory",
                expected: "a record within it")
        }
        defer { directory = directory.dropFirst(count) }
        return directory.prefix(count)
    }

    /// Comments and extra fields may not look like records to a reader that searches for them, nor
    /// give the entry a second name.
    private func checkHidden(
        _ extra: ArraySlice<UInt8>, _ comment: ArraySlice<UInt8>, name: ArraySlice<UInt8>
    ) throws(ZipError) {
        let signatures = [
            ZipFormat.localHeader, ZipFormat.directoryRecord, ZipFormat.endRecord,
            ZipFormat.zip64EndRecord, ZipFormat.zip64Locator,
        ]
        for signature in signatures
        where !extra.positions(of: signature).isEmpty || !comment.positions(of: signature).isEmpty {
            throw ZipError(
                .ambiguous, found: "a record inside a comment or extra field", expected: "none")
        }
        // Version and CRC-32 come before the name (APPNOTE 4.6.9).
        let otherNames = ExtraFields(bytes: extra).fields(ZipFormat.unicodePathExtra)
        guard otherNames.allSatisfy({ $0.dropFirst(5).elementsEqual(name) }) else {
            throw ZipError(.ambiguous, found: "two names for one entry", expected: "one")
        }
    }

    private mutating func widen(_ extra: ExtraFields, disk: UInt16) throws(ZipError) {
        let elsewhere = UInt64(ZipFormat.elsewhere32)
        var disk = UInt32(disk)
        let isWideDisk = disk == UInt32(ZipFormat.elsewhere16)
        let wide = [size, compressedSize, localOffset].map { $0 == elsewhere }
        if wide.contains(true) || isWideDisk {
            guard var values = Zip64Values(extra),
                let size = wide[0] ? values.next64() : size,
                let compressedSize = wide[1] ? values.next64() : compressedSize,
                let localOffset = wide[2] ? values.next64() : localOffset,
                let wideDisk = isWideDisk ? values.next32() : disk
            else {
                throw ZipError(
                    .badHeader, found: "values beyond 32 bits without a whole ZIP64 field",
                    expected: "one ZIP64 field")
            }
            (self.size, self.compressedSize, self.localOffset) = (size, compressedSize, localOffset)
            disk = wideDisk
        }
        guard disk == 0 else {
            throw ZipError(.multidisk, found: "an entry on disk \(disk)", expected: "one file")
        }
    }

    private func checkValues() throws(ZipError) {
        guard flags & ZipFormat.encryptedFlags == 0 else {
            throw ZipError(.encrypted, found: "an encrypted entry", expected: "a plain one")
        }
        guard [ZipFormat.stored, ZipFormat.deflated].contains(method),
            flags & ZipFormat.patchFlag == 0
        else {
            throw ZipError(
                .method, found: "compression method \(method)",
                expected: "0 (stored) or 8 (deflated)")
        }
        try checkMode()
        // Beyond 2^63 nothing is a size.
        guard Int64(exactly: size) != nil else {
            throw ZipError(.badHeader, found: "an entry of \(size) bytes", expected: "a size")
        }
        guard !isFolder || size == 0 else {
            throw ZipError(.badHeader, found: "a folder of \(size) bytes", expected: "0 bytes")
        }
        try checkSizes()
    }

    /// The Unix mode, where there is one, must be a file's or a folder's: no link, no device.
    private func checkMode() throws(ZipError) {
        let kind = externalAttributes >> 28
        guard [0, 0o04, 0o10].contains(kind) else {
            throw ZipError(
                .badName,
                found: "a link or device (mode \(String(externalAttributes >> 16, radix: 8)))",
                expected: "a file or folder")
        }
    }

    private func checkSizes() throws(ZipError) {
        let ratioMax = method == ZipFormat.stored ? 1 : ZipFormat.deflateRatioMax
        let (sizeMax, overflows) = compressedSize.multipliedReportingOverflow(by: ratioMax)
        guard overflows || size <= sizeMax,
            method != ZipFormat.stored || size == compressedSize
        else {
            throw ZipError(
                .sizeMismatch, found: "\(size) bytes out of \(compressedSize) compressed ones",
                expected: "at most \(sizeMax)")
        }
    }
}
