/// Collects what is written in memory.
package struct MemorySink: ByteSink {
    /// The bytes in the order of their offsets.
    package private(set) var bytes: [UInt8] = []

    /// An empty sink.
    package init() {}

    package mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        self.bytes.append(contentsOf: bytes)
    }

    package mutating func overwrite(
        at offset: UInt64, _ bytes: UnsafeRawBufferPointer
    ) throws(ZipError) {
        guard let start = Int(exactly: offset) else { preconditionFailure("beyond the end") }
        self.bytes.replaceSubrange(start..<start + bytes.count, with: bytes)
    }
}
