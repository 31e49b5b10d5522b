import CZlib
import Glibc

/// Owns zlib's state of raw deflate streams being made, one after another, at one level.
///
/// It takes whole blocks and gives bytes back, and touches nothing else: the seam at which blocks
/// can go to another thread.
final class Deflater {
    let level: CompressionLevel
    /// zlib keeps a pointer to this, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output = [UInt8](repeating: 0, count: 1 << 16)

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

    /// Adds what the block becomes to `compressed`; zlib may keep a part back until the last block.
    /// After the last one the next block begins a new stream.
    func deflate(
        _ block: UnsafeRawBufferPointer, isLast: Bool, appendingTo compressed: inout [UInt8]
    ) {
        let bytes = block.bindMemory(to: Bytef.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = uInt(bytes.count)
        var mayHaveMore = true
        while mayHaveMore {
            let count = output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = uInt(output.count)
                let result = CZlib.deflate(stream, isLast ? Z_FINISH : Z_NO_FLUSH)
                precondition(result != Z_STREAM_ERROR)
                return output.count - Int(stream.pointee.avail_out)
            }
            compressed.append(contentsOf: output[..<count])
            mayHaveMore = count == output.count
        }
        if isLast { deflateReset(stream) }
    }
}
