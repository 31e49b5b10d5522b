/// How much an archive from outside may ask for; checked before memory or time is spent.
package struct ZipLimits: Sendable, Equatable {
    /// Entries of an archive. One honest workbook in 2,061 has 1,033; nothing needs more than this.
    package var entryCountMax = 10_000
    /// Bytes of an entry's name. Names of Office packages are short.
    package var entryNameSizeMax = 255
    /// Bytes of the central directory, the only part that is held whole: 838 bytes an entry, ten
    /// times what they take in honest archives.
    package var directorySizeMax: UInt64 = 8 << 20
    /// Bytes of one entry when inflated. Parts are streamed, so this bounds time, not memory.
    package var entryInflatedSizeMax: UInt64 = 2 << 30
    /// Bytes of all entries together that are opened, each counted once.
    package var totalInflatedSizeMax: UInt64 = 3 << 30
    /// Inflated bytes for one compressed byte. Deflate ends at 1,032; honest sheets stay below 100.
    package var inflateRatioMax: UInt64 = 200
    /// Inflated bytes of an entry before its ratio is looked at: small parts may be as dense as
    /// they like.
    package var ratioFreeSize: UInt64 = 8 << 20

    /// The defaults.
    package init() {}

    /// What holds for a file somebody sends us.
    package static let upload = ZipLimits()
}
