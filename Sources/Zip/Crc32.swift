import CZlib

/// The running CRC-32 of bytes, as ZIP, gzip and PNG have it (APPNOTE 4.4.7).
package struct Crc32: Sendable, Equatable {
    /// The sum of all bytes so far; 0 for none.
    package private(set) var value: UInt32 = 0

    /// The sum of no bytes.
    package init() {}

    /// Takes more bytes in.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        // zlib answers a null pointer with the sum of nothing and forgets what was before.
        guard let start = bytes.baseAddress else { return }
        let sum = crc32_z(
            uLong(value), start.assumingMemoryBound(to: Bytef.self), z_size_t(bytes.count))
        value = UInt32(truncatingIfNeeded: sum)
    }

    /// Takes in what stands behind, by its sum and size.
    mutating func append(_ other: Crc32, ofSize size: Int) {
        let sum = crc32_combine(uLong(value), uLong(other.value), size)
        value = UInt32(truncatingIfNeeded: sum)
    }

    /// The sum of these bytes.
    package static func of(_ bytes: [UInt8]) -> UInt32 {
        var crc = Crc32()
        bytes.withUnsafeBytes { crc.add($0) }
        return crc.value
    }
}
