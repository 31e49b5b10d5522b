import CZlib
import Glibc

/// Owns zlib's state of one raw deflate stream being inflated. About 40 KiB whatever the stream.
final class Inflater {
    /// What one call of zlib did.
    struct Step {
        var consumed: Int
        var produced: Int
        /// Whether the stream's end marker was met.
        var isLast: Bool
    }

    /// zlib keeps a pointer to this, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// - Throws: `cannotRead` when memory is short.
    init() throws(ZipError) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard rowgate_inflate_init_raw(stream) == Z_OK else {
            stream.deallocate()
            throw ZipError(
                .cannotRead, found: "no memory to inflate", expected: "64 KiB", errno: ENOMEM)
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Inflates until the input is used up, the output is full or the stream ends.
    ///
    /// A step that neither consumes nor produces anything is the caller's to refuse.
    ///
    /// - Throws: `corrupt`; `cannotRead` when memory is short.
    func step(
        from input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Step {
        let bytes = input.bindMemory(to: Bytef.self)
        stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        stream.pointee.avail_in = uInt(bytes.count)
        stream.pointee.next_out = output.bindMemory(to: Bytef.self).baseAddress
        stream.pointee.avail_out = uInt(output.count)
        let result = inflate(stream, Z_NO_FLUSH)
        let step = Step(
            consumed: input.count - Int(stream.pointee.avail_in),
            produced: output.count - Int(stream.pointee.avail_out),
            isLast: result == Z_STREAM_END)
        switch result {
        case Z_OK, Z_STREAM_END, Z_BUF_ERROR:
            return step
        case Z_MEM_ERROR:
            throw ZipError(
                .cannotRead, found: "no memory to inflate", expected: "64 KiB", errno: ENOMEM)
        default:  // Z_DATA_ERROR, Z_NEED_DICT, Z_STREAM_ERROR
            throw ZipError(
                .corrupt, found: "bytes that are no deflate stream (zlib \(result))",
                expected: "a deflate stream")
        }
    }
}
