/// The bytes of an entry as they stand in the file, in blocks.
struct CompressedBytes {
    private let source: any ByteSource
    private let start: UInt64
    private let end: UInt64
    /// Where the next read from the source begins.
    private var nextOffset: UInt64
    private var block: [UInt8]
    /// The part of `block` that has been read and not yet consumed.
    private var unused = 0..<0

    init(of entry: ZipEntry, in source: any ByteSource) {
        self.source = source
        start = entry.dataOffset
        end = entry.dataOffset + entry.compressedSize
        nextOffset = start
        let blockSize = min(Int(clamping: entry.compressedSize), ZipEntryReader.stepSizeMax)
        block = [UInt8](repeating: 0, count: entry.isDeflated ? blockSize : 0)
    }

    /// The bytes of the entry taken so far.
    var consumed: UInt64 { nextOffset - start - UInt64(unused.count) }

    /// Copies bytes out as they are; 0 at the end of the entry.
    mutating func take(into room: UnsafeMutableRawBufferPointer) throws(ZipError) -> Int {
        let wanted = min(room.count, Int(clamping: end - nextOffset))
        guard wanted > 0 else { return 0 }
        let count = try source.read(at: nextOffset, into: .init(rebasing: room[..<wanted]))
        try advance(by: count)
        return count
    }

    /// Shows the bytes not yet consumed (none at the entry's end) and drops what `body` consumed.
    mutating func withNext(
        _ body: (UnsafeRawBufferPointer) throws(ZipError) -> Inflater.Step
    ) throws(ZipError) -> Inflater.Step {
        if unused.isEmpty, nextOffset < end {
            let wanted = min(block.count, Int(clamping: end - nextOffset))
            let count = try source.read(at: nextOffset, into: &block, count: wanted)
            try advance(by: count)
            unused = 0..<count
        }
        let step = try block.withUnsafeBufferPointer { (block) throws(ZipError) in
            try body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(block)[unused]))
        }
        unused = unused.dropFirst(step.consumed)
        return step
    }

    private mutating func advance(by count: Int) throws(ZipError) {
        guard count > 0 else {
            throw ZipError(
                .truncated, at: nextOffset, found: "the end of the file",
                expected: "\(end - nextOffset) more bytes of the entry")
        }
        nextOffset += UInt64(count)
    }
}
