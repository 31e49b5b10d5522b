/// Takes the files of a batch as they are made: on a disk, into a database, into memory for a test.
///
/// Calls come as `begin`, `write` any number of times, `end`; then the next file. After a failure
/// nothing more is called.
package protocol BatchSink {
    associatedtype Failure: Error

    /// - Parameter name: the file's name, `batch-0001.jsonl`.
    mutating func begin(_ name: String) throws(Failure)
    /// The next bytes of the file. They may end anywhere in a line.
    mutating func write(_ bytes: ArraySlice<UInt8>) throws(Failure)
    mutating func end() throws(Failure)
}
