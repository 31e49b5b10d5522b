/// Where an archive is written: bytes in order, and places already written can be corrected.
package protocol ByteSink {
    /// Adds bytes at the end.
    ///
    /// - Throws: `cannotWrite`.
    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError)

    /// Replaces bytes written before; `offset` counts from the first byte written.
    ///
    /// - Throws: `cannotWrite`.
    mutating func overwrite(at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(ZipError)

    /// Hands on what is still held in memory. Power loss is not its matter: that is `fsync`.
    ///
    /// - Throws: `cannotWrite`.
    mutating func flush() throws(ZipError)
}

extension ByteSink {
    package mutating func flush() throws(ZipError) {}

    mutating func write(_ bytes: [UInt8]) throws(ZipError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ZipError) in
            try write(UnsafeRawBufferPointer(bytes))
        }
    }

    mutating func overwrite(at offset: UInt64, _ bytes: [UInt8]) throws(ZipError) {
        try bytes.withUnsafeBufferPointer { (bytes) throws(ZipError) in
            try overwrite(at: offset, UnsafeRawBufferPointer(bytes))
        }
    }
}
