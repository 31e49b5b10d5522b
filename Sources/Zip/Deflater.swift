import CZlib
import Glibc

/// Owns zlib's state of raw deflate, for one block after another.
///
/// Each block is deflated by itself, knowing the bytes before it as a preset dictionary, and ends
/// on a whole byte. So blocks made by different deflaters, on different threads, join into one
/// stream (RFC 1951 §2: a stream is a sequence of blocks, and matches may reach back over them).
final class Deflater {
    /// How far matches reach back (RFC 1951 §3.2.5).
    static let windowSize = 1 << 15

    let level: CompressionLevel
    /// zlib keeps a pointer to this, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: `cannotWrite` when memory is short.
    init(level: CompressionLevel) throws(ZipError) {
        self.level = level
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard rowgate_deflate_init_raw(stream, level.number) == Z_OK else {
            stream.deallocate()
            throw ZipError(
                .cannotWrite, found: "no memory to deflate", expected: "256 KiB", errno: ENOMEM)
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The default level's own measures, which zlib forgets with every reset.
    private func tune() {
        deflateTune(
            stream, 4, CompressionLevel.matchSizeInserted, CompressionLevel.matchSizeEnough,
            CompressionLevel.chainLength)
    }

    /// Puts what a block becomes into `compressed`, in place of what that held.
    ///
    /// - Parameter window: what stands before the block, `windowSize` bytes if there are as many.
    func deflate(
        _ block: UnsafeRawBufferPointer, after window: UnsafeRawBufferPointer, isLast: Bool,
        into compressed: inout [UInt8]
    ) {
        deflateReset(stream)
        if level == .default { tune() }
        if !window.isEmpty {
            let bytes = window.bindMemory(to: Bytef.self)
            deflateSetDictionary(stream, bytes.baseAddress, uInt(bytes.count))
        }
        let bytes = block.bindMemory(to: Bytef.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = uInt(bytes.count)
        compressed.removeAll(keepingCapacity: true)
        // Room for what cannot be deflated, and for the empty block that ends on a whole byte.
        let room = Int(deflateBound(stream, uLong(bytes.count))) + 16
        compressed.append(addingCapacity: room) { [stream] output in
            output.withUnsafeMutableBufferPointer { output, count in
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = uInt(output.count)
                let result = CZlib.deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
                precondition(result == (isLast ? Z_STREAM_END : Z_OK))
                count = output.count - Int(stream.pointee.avail_out)
            }
        }
    }
}
