/// One file or folder of an archive, as its central directory tells.
package struct ZipEntry: Sendable {
    /// As the archive has it: relative, at most 255 bytes, without `..` and control characters.
    package let name: String
    /// Bytes when inflated, as declared; reading proves it.
    package let size: UInt64
    /// Bytes in the archive.
    package let compressedSize: UInt64
    /// CRC-32 of the inflated bytes, as declared; reading proves it.
    package let crc: UInt32
    /// Whether the name ends in a slash; such an entry has no bytes.
    package let isFolder: Bool

    let isDeflated: Bool
    /// Where the entry's compressed bytes begin in the file.
    let dataOffset: UInt64

    init(_ record: DirectoryRecord, dataOffset: UInt64) {
        name = record.name.text
        size = record.size
        compressedSize = record.compressedSize
        crc = record.crc
        isFolder = record.isFolder
        isDeflated = record.method == ZipFormat.deflated
        self.dataOffset = dataOffset
    }
}
