/// Cuts the bytes of a part where its records begin.
struct PieceCutter {
    /// What stands before the first record.
    private let head: [UInt8]
    private let mark: RecordMark
    /// Bytes of the next piece, with what is left of the last one.
    var pieceSizeBytes: Int
    /// What was read behind the last cut; it begins with a record.
    private(set) var rest: [UInt8]
    private var isDone = false

    /// - Parameters:
    ///   - head: the root's start tag and all up to the first record.
    ///   - rest: what was read behind it.
    init(head: [UInt8], rest: [UInt8], mark: RecordMark, pieceSizeBytes: Int) {
        self.head = head
        self.rest = rest
        self.mark = mark
        self.pieceSizeBytes = pieceSizeBytes
    }

    /// The next piece; nil at the end, or when a record is longer than a piece: then everything
    /// that was read and is in no piece stands in `rest`.
    ///
    /// - Parameter read: fills the front of a buffer and returns how many bytes; 0 at the end.
    mutating func next(
        read: (UnsafeMutableRawBufferPointer) throws(WorkbookError) -> Int
    ) throws(WorkbookError) -> PartPiece? {
        guard !isDone else { return nil }
        let end = head.count + pieceSizeBytes
        let memory = UnsafeMutableRawBufferPointer.allocate(
            byteCount: end + mark.tail.count, alignment: 16)
        var piece: PartPiece?
        defer { if piece == nil { memory.deallocate() } }
        memory.copyBytes(from: head)
        memory[head.count...].copyBytes(from: rest.prefix(pieceSizeBytes))
        let later = rest.dropFirst(pieceSizeBytes)
        var filled = head.count + rest.count - later.count
        var isAtEnd = false
        while filled < end, !isAtEnd {
            let count = try read(UnsafeMutableRawBufferPointer(rebasing: memory[filled..<end]))
            isAtEnd = count == 0
            filled += count
        }
        let bytes = UnsafeRawBufferPointer(rebasing: memory[head.count..<filled])
            .assumingMemoryBound(to: UInt8.self)
        let cut = isAtEnd ? nil : mark.lastIndex(in: bytes)
        rest = Array(bytes[(cut ?? 0)...]) + later
        guard let cut, cut > 0 else {
            isDone = true
            return nil
        }
        piece = PartPiece(
            memory, records: head.count..<(head.count + cut), tail: mark.tail)
        return piece
    }
}
