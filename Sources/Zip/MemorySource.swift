/// Bytes held in memory.
package struct MemorySource: ByteSource {
    private let bytes: [UInt8]

    /// Makes the bytes readable.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var size: UInt64 { UInt64(bytes.count) }

    package func read(
        at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Int {
        guard let start = Int(exactly: offset), start < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - start)
        bytes.withUnsafeBytes { bytes in
            buffer.copyMemory(from: .init(rebasing: bytes[start..<start + count]))
        }
        return count
    }
}
