/// The inflated bytes of one entry, pulled in blocks, proven to be as long and to have the CRC-32
/// that the archive says.
///
/// `@unchecked Sendable`: it may be handed to another thread; whoever holds it must see to it that
/// only one uses it at a time. It shares no mutable state with other readers.
package final class ZipEntryReader: @unchecked Sendable {
    /// Bytes inflated between two looks at the ratio, and read from the file at once.
    static let stepSizeMax = 1 << 16

    private let entry: ZipEntry
    private let limits: ZipLimits
    private var compressed: CompressedBytes
    /// Nil for a stored entry.
    private let inflater: Inflater?
    private var produced: UInt64 = 0
    private var crc = Crc32()
    private var streamHasEnded = false
    /// Nil while there is more; then what every further call gives.
    private var outcome: Result<Int, ZipError>?

    init(of entry: ZipEntry, in source: any ByteSource, limits: ZipLimits) throws(ZipError) {
        self.entry = entry
        self.limits = limits
        compressed = CompressedBytes(of: entry, in: source)
        inflater = entry.isDeflated ? try Inflater() : nil
    }

    /// Bytes of the file that were taken in so far.
    package var compressedSizeRead: UInt64 { compressed.consumed }

    /// Fills the front of `buffer`, which must not be empty, and returns how many bytes it wrote.
    ///
    /// Fewer than fit is normal. 0 is the end, given only when size and CRC-32 have been proven;
    /// what came before is not proven until then. After an error every call gives it again.
    ///
    /// - Throws: `sizeMismatch`, `crc`, `corrupt`, `ratio`, `truncated`, `cannotRead`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
        precondition(!buffer.isEmpty)
        if let outcome { return try outcome.get() }
        do throws(ZipError) {
            let left = Int(clamping: entry.size - produced)
            let room = buffer[..<min(buffer.count, left, Self.stepSizeMax)]
            let count = room.isEmpty ? 0 : try take(into: .init(rebasing: room))
            if count == 0 {
                try checkEnd()
                outcome = .success(0)
            }
            return count
        } catch {
            let error = error.inEntry(entry.name)
            outcome = .failure(error)
            throw error
        }
    }

    private func take(into room: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
        let count = try next(into: room)
        guard count > 0 else { throw sizeMismatch("\(produced) bytes") }
        crc.add(UnsafeRawBufferPointer(rebasing: room[..<count]))
        produced += UInt64(count)
        let consumed = compressed.consumed
        if inflater != nil, produced > limits.ratioFreeSize,
            produced / limits.inflateRatioMax > consumed
        {
            throw ZipError(
                .ratio, at: entry.dataOffset + consumed,
                found: "\(produced) bytes out of \(consumed)",
                expected: "at most \(limits.inflateRatioMax) for one")
        }
        return count
    }

    /// The next bytes of the stored or deflated stream; 0 at its end.
    private func next(into room: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
        guard let inflater else { return try compressed.take(into: room) }
        while !streamHasEnded {
            let step = try compressed.withNext { (input) throws(ZipError) in
                let step = try inflater.step(from: input, into: room)
                // In an honest stream no 64 KiB stand for nothing; in endless empty blocks they do.
                guard step.isLast || step.produced > 0 || 1..<Self.stepSizeMax ~= step.consumed
                else {
                    throw ZipError(
                        .corrupt, at: entry.dataOffset,
                        found: "a deflate stream that does not go on or has no end",
                        expected: "an end marker")
                }
                return step
            }
            streamHasEnded = step.isLast
            if step.produced > 0 { return step.produced }
        }
        return 0
    }

    /// All declared bytes have come: the stream must end now, with nothing left over.
    private func checkEnd() throws(ZipError) {
        if inflater != nil {
            let surplus = try withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) {
                (byte) throws(ZipError) in try next(into: byte)
            }
            guard surplus == 0 else { throw sizeMismatch("more") }
        }
        guard compressed.consumed == entry.compressedSize else {
            throw sizeMismatch("compressed bytes after the end of the stream")
        }
        guard crc.value == entry.crc else {
            throw ZipError(
                .crc, at: entry.dataOffset, found: "CRC-32 \(crc.value)", expected: "\(entry.crc)")
        }
    }

    private func sizeMismatch(_ found: String) -> ZipError {
        ZipError(
            .sizeMismatch, at: entry.dataOffset, found: found, expected: "\(entry.size) bytes")
    }
}
