package import XML
package import Zip

/// How much a workbook from outside may ask for. All are checked before memory or time is spent.
package struct WorkbookLimits: Sendable {
    /// Bytes of the file. A million rows of ten columns take 30 to 90 MB.
    package var fileSizeMax: UInt64 = 128 << 20
    /// Sheets listed. How many are read is for others to say; this bounds the list alone.
    package var sheetCountMax = 10_000
    /// Relationships of one part that name sheets, styles or strings.
    package var relationshipCountMax = 20_000
    /// Cells of one sheet that hold something: three times a million rows of 16 columns.
    package var cellCountMax = 50_000_000
    /// Bytes of text of one row, which is held whole. 200 columns of the longest text take 20 MB.
    package var rowSizeBytesMax = 32 << 20
    /// Shared strings. A full sheet of four text columns has that many different ones.
    package var sharedStringCountMax = 4_000_000
    /// Bytes of all shared strings together, which are held in memory.
    package var sharedStringsSizeBytesMax = 256 << 20
    /// Cell formats (Excel specifications: 65,490 combinations).
    package var cellFormatCountMax = 65_490
    /// Number formats that a workbook defines. Excel keeps a few hundred; other programs repeat
    /// them.
    package var numberFormatCountMax = 10_000
    /// Merged ranges of a sheet that are kept; the others are counted.
    package var mergedRangeCountMax = 10_000
    package var zip = ZipLimits.upload
    package var xml = XMLLimits.standard

    package init() {}

    /// What holds for a file somebody sends us.
    package static let upload = WorkbookLimits()
}
