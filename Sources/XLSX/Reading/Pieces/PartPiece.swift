/// Some records of a part as a document of their own: the part's head, the records, the end tags.
///
/// `@unchecked Sendable`: its bytes are written before it is handed on, and never after.
final class PartPiece: @unchecked Sendable {
    private let memory: UnsafeMutableRawBufferPointer
    private let records: Range<Int>
    private let size: Int

    /// Takes over memory that begins with a head.
    ///
    /// - Parameters:
    ///   - records: where they stand in the memory, which has room for `tail` behind them.
    init(_ memory: UnsafeMutableRawBufferPointer, records: Range<Int>, tail: [UInt8]) {
        self.memory = memory
        self.records = records
        size = records.upperBound + tail.count
        memory[records.upperBound..<size].copyBytes(from: tail)
    }

    deinit { memory.deallocate() }

    /// Hands out the whole document and the NUL behind it.
    func withTerminatedDocument<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(bytes(0..<size))
    }

    /// Hands out the records alone.
    func withRecords<Failure>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        try body(bytes(records))
    }

    var recordsSizeBytes: Int { records.count }

    private func bytes(_ range: Range<Int>) -> UnsafeBufferPointer<UInt8> {
        UnsafeRawBufferPointer(rebasing: memory[range]).assumingMemoryBound(to: UInt8.self)
    }
}
