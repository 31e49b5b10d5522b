import Threads

/// Turns what is written to an entry into the bytes that stand in the archive, block by block.
///
/// Blocks are compressed on several threads and joined in order; the bytes are the same for any
/// number of threads.
struct EntryEncoder {
    /// Bytes taken.
    private(set) var size: UInt64 = 0
    private(set) var compressedSize: UInt64 = 0
    private(set) var crc = Crc32()
    private var level = CompressionLevel.default
    private let work: OrderedWork<EntryBlock, EntryBlock>
    /// The block being filled.
    private var block = EntryBlock()
    /// Blocks to be filled again.
    private var spare: [EntryBlock] = []

    init(threadCount: Int) {
        work = OrderedWork(threadCount: threadCount) { block in
            block.compress()
            return block
        }
    }

    /// Begins an entry.
    mutating func begin(level: CompressionLevel) throws(ZipError) {
        (size, compressedSize, crc) = (0, 0, Crc32())
        self.level = level
        try block.begin(level: level, after: nil)
    }

    /// Takes bytes, and writes the blocks that are done.
    mutating func write(
        _ bytes: UnsafeRawBufferPointer, to sink: inout some ByteSink
    ) throws(ZipError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = block.append(rest)
            size += UInt64(count)
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if block.count == EntryBlock.size { try submitBlock(to: &sink) }
        }
    }

    /// Writes all that is left.
    mutating func finish(to sink: inout some ByteSink) throws(ZipError) {
        block.end()
        work.submit(block)
        while let done = work.next() { try take(done, to: &sink) }
        block = spare.removeLast()
    }

    /// Hands the full block on and begins the next one.
    private mutating func submitBlock(to sink: inout some ByteSink) throws(ZipError) {
        if work.isFull, let done = work.next() { try take(done, to: &sink) }
        let next = spare.popLast() ?? EntryBlock()
        try next.begin(level: level, after: block)
        work.submit(block)
        block = next
    }

    private mutating func take(
        _ done: EntryBlock, to sink: inout some ByteSink
    ) throws(ZipError) {
        crc.append(done.crc, ofSize: done.count)
        compressedSize += UInt64(done.compressed.count)
        try sink.write(done.compressed)
        spare.append(done)
    }
}
