/// What the headers of an entry we write say.
///
/// Times are 1980-01-01 00:00, the first that the format has, so that the same content gives the
/// same bytes.
struct WrittenEntry {
    let name: String
    let isDeflated: Bool
    let offset: UInt64
    var crc: UInt32 = 0
    var compressedSize: UInt64 = 0
    var size: UInt64 = 0

    /// Where CRC and sizes stand in the local header.
    static let sumsPosition: UInt64 = 14

    /// 2.0: the version that has deflate and folders (APPNOTE 4.4.3.2).
    private static let version: UInt16 = 20
    /// Month 1, day 1 (APPNOTE 4.4.6).
    private static let firstDate: UInt16 = 1 << 5 | 1

    /// CRC and both sizes, as they stand in both headers. The writer has checked that they fit.
    var sums: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(little: crc)
        bytes.append(little: UInt32(truncatingIfNeeded: compressedSize))
        bytes.append(little: UInt32(truncatingIfNeeded: size))
        return bytes
    }

    /// APPNOTE 4.3.7.
    var localHeader: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(little: ZipFormat.localHeader)
        appendCommonPart(to: &bytes)
        bytes.append(little: UInt16(0))  // extra fields
        bytes.append(contentsOf: name.utf8)
        return bytes
    }

    /// APPNOTE 4.3.12.
    var directoryRecord: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(little: ZipFormat.directoryRecord)
        bytes.append(little: Self.version)  // made by, on no system in particular
        appendCommonPart(to: &bytes)
        bytes.append(little: UInt16(0))  // extra fields
        bytes.append(little: UInt16(0))  // comment
        bytes.append(little: UInt16(0))  // disk
        bytes.append(little: UInt16(0))  // internal attributes
        bytes.append(little: UInt32(0))  // external attributes
        bytes.append(little: UInt32(truncatingIfNeeded: offset))
        bytes.append(contentsOf: name.utf8)
        return bytes
    }

    /// From the version needed to the size of the name: the same in both headers.
    private func appendCommonPart(to bytes: inout [UInt8]) {
        let isASCII = name.utf8.allSatisfy { $0 < 0x80 }
        bytes.append(little: Self.version)
        bytes.append(little: isASCII ? 0 : ZipFormat.utf8Flag)
        bytes.append(little: isDeflated ? ZipFormat.deflated : ZipFormat.stored)
        bytes.append(little: UInt16(0))  // time
        bytes.append(little: Self.firstDate)
        bytes.append(contentsOf: sums)
        bytes.append(little: UInt16(truncatingIfNeeded: name.utf8.count))
    }
}
