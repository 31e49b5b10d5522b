/// A block of an entry on its way into the archive: filled by the writer, compressed by whichever
/// thread is free, and filled again.
///
/// `@unchecked Sendable`: it is in one pair of hands at a time. `OrderedWork` takes it from the
/// writer, lets one thread work on it, and gives it back.
final class EntryBlock: @unchecked Sendable {
    /// Bytes of a block. Where blocks end depends on nothing but the entry's bytes.
    static let size = 1 << 18

    /// What stands before the block, as far as matches reach back, and then the block.
    private var bytes: [UInt8] = []
    private var windowSize = 0
    private var isLast = false
    /// Nil while entries are stored.
    private var deflater: Deflater?
    /// What it became.
    private(set) var compressed: [UInt8] = []
    private(set) var crc = Crc32()

    /// Bytes of the block so far.
    var count: Int { bytes.count - windowSize }

    /// Begins a block of an entry. Buffers, and zlib's state for the same level, are kept.
    ///
    /// - Parameter previous: the full block before it; nil for the entry's first.
    func begin(level: CompressionLevel, after previous: EntryBlock?) throws(ZipError) {
        bytes.removeAll(keepingCapacity: true)
        bytes.reserveCapacity(Deflater.windowSize + Self.size)
        if level == .stored {
            deflater = nil
        } else {
            if deflater?.level != level { deflater = try Deflater(level: level) }
            if let previous { bytes.append(contentsOf: previous.bytes.suffix(Deflater.windowSize)) }
        }
        windowSize = bytes.count
        isLast = false
    }

    /// Takes as many bytes as it has room for and returns how many.
    func append(_ more: UnsafeRawBufferPointer) -> Int {
        let part = UnsafeRawBufferPointer(rebasing: more.prefix(Self.size - count))
        bytes.append(contentsOf: part)
        return part.count
    }

    /// Says that no block comes behind it.
    func end() { isLast = true }

    /// The work: the sum of the block, and what stands for it in the archive.
    func compress() {
        crc = Crc32()
        bytes.withUnsafeBytes { bytes in
            let window = UnsafeRawBufferPointer(rebasing: bytes[..<windowSize])
            let block = UnsafeRawBufferPointer(rebasing: bytes[windowSize...])
            crc.add(block)
            deflater?.deflate(block, after: window, isLast: isLast, into: &compressed)
        }
        if deflater == nil { compressed = bytes }
    }
}
