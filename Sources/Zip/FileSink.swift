import Glibc

/// Writes to an open file through a buffer. The descriptor stays the caller's and is not closed.
///
/// The first byte goes to the file's start, wherever its position is; what the file held before
/// stays behind the last byte. It must be no pipe and not be opened for appending. Bytes still in
/// the buffer are lost unless `flush()` is called (`ZipWriter.finish()` does).
package final class FileSink: ByteSink {
    private static let bufferSize = 1 << 18

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    /// The bytes in the file already; the buffer follows them.
    private var flushedSize: UInt64 = 0

    /// Begins at the start of the file.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
        buffer.reserveCapacity(Self.bufferSize)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        if buffer.count + bytes.count > Self.bufferSize { try flush() }
        if bytes.count < Self.bufferSize {
            buffer.append(contentsOf: bytes)
        } else {
            try put(bytes, at: flushedSize)
            flushedSize += UInt64(bytes.count)
        }
    }

    package func overwrite(
        at offset: UInt64, _ bytes: UnsafeRawBufferPointer
    ) throws(ZipError) {
        if offset < flushedSize, offset + UInt64(bytes.count) > flushedSize { try flush() }
        guard offset >= flushedSize else { return try put(bytes, at: offset) }
        let start = Int(offset - flushedSize)
        buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
    }

    package func flush() throws(ZipError) {
        try buffer.withUnsafeBufferPointer { (bytes) throws(ZipError) in
            try put(UnsafeRawBufferPointer(bytes), at: flushedSize)
        }
        flushedSize += UInt64(buffer.count)
        buffer.removeAll(keepingCapacity: true)
    }

    private func put(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(ZipError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let place = off_t(truncatingIfNeeded: offset + UInt64(done))
            let count = pwrite(descriptor, rest.baseAddress, rest.count, place)
            if count > 0 {
                done += count
            } else if count == 0 || errno != EINTR {
                throw ZipError(cannotWrite: count == 0 ? EIO : errno, at: offset + UInt64(done))
            }
        }
    }
}

extension ZipError {
    fileprivate init(cannotWrite number: Int32, at offset: UInt64) {
        self.init(
            .cannotWrite, at: offset, found: "system error \(number)",
            expected: "room for the file and the right to write it", errno: number)
    }
}
