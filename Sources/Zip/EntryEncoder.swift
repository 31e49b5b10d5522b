/// Turns what is written to an entry into the bytes that stand in the archive, block by block.
struct EntryEncoder {
    /// Many small writes become one call of zlib.
    private static let blockSize = 1 << 18

    private(set) var size: UInt64 = 0
    private(set) var compressedSize: UInt64 = 0
    private(set) var crc = Crc32()
    /// Nil while entries are stored.
    private var deflater: Deflater?
    private var block: [UInt8] = []
    private var compressed: [UInt8] = []

    /// Begins an entry. Buffers, and zlib's state for the same level, are kept from the last one.
    mutating func begin(level: CompressionLevel) throws(ZipError) {
        (size, compressedSize, crc) = (0, 0, Crc32())
        block.removeAll(keepingCapacity: true)
        if level == .stored {
            deflater = nil
        } else if deflater?.level != level {
            deflater = try Deflater(level: level)
        }
    }

    /// Takes bytes and writes every full block.
    mutating func write(
        _ bytes: UnsafeRawBufferPointer, to sink: inout some ByteSink
    ) throws(ZipError) {
        if block.capacity == 0 { block.reserveCapacity(Self.blockSize) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.blockSize - block.count)
            block.append(contentsOf: UnsafeRawBufferPointer(rebasing: part))
            rest = rest.dropFirst(part.count)
            if block.count == Self.blockSize { try writeBlock(isLast: false, to: &sink) }
        }
    }

    /// Writes what is left.
    mutating func finish(to sink: inout some ByteSink) throws(ZipError) {
        try writeBlock(isLast: true, to: &sink)
    }

    private mutating func writeBlock(
        isLast: Bool, to sink: inout some ByteSink
    ) throws(ZipError) {
        size += UInt64(block.count)
        block.withUnsafeBytes { block in
            crc.add(block)
            deflater?.deflate(block, isLast: isLast, appendingTo: &compressed)
        }
        if deflater == nil { swap(&block, &compressed) }
        compressedSize += UInt64(compressed.count)
        try sink.write(compressed)
        block.removeAll(keepingCapacity: true)
        compressed.removeAll(keepingCapacity: true)
    }
}
