/// The numbers of the ZIP format (APPNOTE 6.3.10; clauses at each line).
enum ZipFormat {
    // Signatures as read little-endian; each begins with "PK".
    static let localHeader: UInt32 = 0x0403_4B50  // 4.3.7
    static let dataDescriptor: UInt32 = 0x0807_4B50  // 4.3.9.3
    static let directoryRecord: UInt32 = 0x0201_4B50  // 4.3.12
    static let zip64EndRecord: UInt32 = 0x0606_4B50  // 4.3.14
    static let zip64Locator: UInt32 = 0x0706_4B50  // 4.3.15
    static let endRecord: UInt32 = 0x0605_4B50  // 4.3.16

    // Sizes without the parts that vary, in bytes.
    static let localHeaderSize = 30
    static let directoryRecordSize = 46
    static let zip64EndRecordSize = 56
    static let zip64LocatorSize = 20
    static let endRecordSize = 22
    static let commentSizeMax = 0xFFFF

    // General purpose flags, 4.4.4.
    static let encryptedFlags: UInt16 = 1 << 0 | 1 << 6 | 1 << 13
    static let descriptorFlag: UInt16 = 1 << 3
    static let patchFlag: UInt16 = 1 << 5
    static let utf8Flag: UInt16 = 1 << 11

    // Methods, 4.4.5.
    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8

    // Ids of extra fields, 4.5.3 and 4.6.9.
    static let zip64Extra: UInt16 = 0x0001
    static let unicodePathExtra: UInt16 = 0x7075

    // "Look into the ZIP64 field" (4.4.1.4).
    static let elsewhere16: UInt16 = 0xFFFF
    static let elsewhere32: UInt32 = 0xFFFF_FFFF

    /// No deflate stream gives more: two bits can stand for 258 bytes (RFC 1951 3.2.5).
    static let deflateRatioMax: UInt64 = 1_032
}
