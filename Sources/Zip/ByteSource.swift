/// Bytes of a known number that can be read from any place, by several threads at once.
package protocol ByteSource: Sendable {
    /// The number of bytes.
    var size: UInt64 { get }

    /// Copies bytes from `offset` on and returns how many: fewer than asked is normal, 0 the end.
    ///
    /// - Throws: `cannotRead`.
    func read(
        at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer
    ) throws(ZipError) -> Int
}

extension ByteSource {
    /// Reads exactly `count` bytes.
    ///
    /// Memory grows with the bytes that really come, not with `count`.
    ///
    /// - Throws: `cannotRead`; `truncated` when the bytes end before.
    func bytes(at offset: UInt64, count: Int) throws(ZipError) -> [UInt8] {
        let blockSizeMax = 1 << 16
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: min(count, blockSizeMax))
        while bytes.count < count {
            let position = offset + UInt64(bytes.count)
            let wanted = min(count - bytes.count, block.count)
            let got = try read(at: position, into: &block, count: wanted)
            guard got > 0 else {
                throw ZipError(
                    .truncated, at: position, found: "the end of the file",
                    expected: "\(count - bytes.count) more bytes")
            }
            bytes.append(contentsOf: block[..<got])
        }
        return bytes
    }

    /// Reads up to `count` bytes to the front of `block`.
    func read(
        at offset: UInt64, into block: inout [UInt8], count: Int
    ) throws(ZipError) -> Int {
        try block.withUnsafeMutableBufferPointer { (block) throws(ZipError) -> Int in
            let room = UnsafeMutableRawBufferPointer(block)
            return try read(at: offset, into: .init(rebasing: room[..<min(count, room.count)]))
        }
    }
}
