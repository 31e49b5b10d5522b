/// Something that bounds what a reseller hands in. What is said of it is a whole number from 1.
///
/// The raw value is what the memory and its history call it.
package enum UploadLimit: String, Sendable, CaseIterable {
    /// MiB of a file.
    case size
    /// Filled rows of a workbook, on all its sheets.
    case rows
    /// Uploads of a reseller that wait to be checked.
    case waiting
    /// Workbooks that a reseller hands in within an hour.
    case hourly
    /// Days that an upload is kept, with what came of it.
    case days
}
