import Threads
import XML

/// Reads a part whose records stand side by side (the rows of a sheet, the strings of the table of
/// strings): cut where records begin, pieces parsed on several threads and joined in order.
///
/// One parser, the part's own, reads the head and the end. Between them it is left out as long as
/// every piece is *plain*: well formed as a document of its own, made of the part's head, the
/// piece and the end tags. Then every cut was one between two records: the head leaves nothing
/// open but elements, so the first piece begins where a record begins; and a piece that begins
/// there and is plain leaves nothing open either, for a comment, a CDATA section, a tag or an
/// element that it left open would have swallowed the end tags. From the first piece that is not
/// plain, or that does not fit what came before, the part's own parser reads on to the end, as if
/// nothing had been cut, and tells what is wrong. So do pieces with what is counted over the whole
/// document (elements of other namespaces), and rows that do not say their number where a piece
/// begins.
final class RecordReading<Records: Sendable> {
    private enum State {
        case head(PartHead)
        case pieces
        case onward
        case end
    }

    private let part: PartReading
    private let mark: RecordMark
    private let pieceSizeBytes: Int?
    private let work: OrderedWork<PartPiece, Records?>
    private var state = State.head(PartHead())
    private var cutter: PieceCutter?
    /// Pieces whose records were not taken, oldest first.
    private var underWay: [PartPiece] = []
    /// Whether somebody wants more than the first records: until then only one small piece is cut.
    private var isUnderSteam = false

    /// - Parameter parse: reads a piece; nil when it is not plain.
    init(
        _ part: PartReading, mark: RecordMark, parallelism: Parallelism,
        parse: @escaping @Sendable (PartPiece) -> Records?
    ) {
        self.part = part
        self.mark = mark
        pieceSizeBytes = parallelism.pieceSizeBytes
        work = OrderedWork(threadCount: parallelism.threadCount, parse)
    }

    var partName: String { part.name }

    /// Bytes of the file that were taken in so far.
    var sizeRead: Int { part.sizeRead }

    /// Whether the document has been whole and the CRC right.
    var isAtEnd: Bool {
        if case .end = state { return true }
        return false
    }

    /// Whether records come in whole pieces now.
    var isInPieces: Bool {
        if case .pieces = state { return true }
        return false
    }

    /// Reads on: either `join` gets the records of a piece, or the part's own handler some events.
    ///
    /// - Parameter join: takes records; false when they do not fit what came before.
    func step(join: (Records) -> Bool) throws(WorkbookError) {
        switch state {
        case .head(let head): try readHead(head, pieceSizeBytes ?? 0)
        case .pieces: try joinPiece(join)
        case .onward: if try !part.step() { state = .end }
        case .end: break
        }
    }

    private func readHead(_ head: PartHead, _ pieceSizeBytes: Int) throws(WorkbookError) {
        var head = head
        var isWhole = false
        while head.bytes.count < min(PartHead.sizeBytesMax, pieceSizeBytes), !isWhole {
            isWhole = try !part.read { head.append($0) }
        }
        state = .onward
        guard !isWhole, let (start, rest) = head.cut(at: mark) else {
            return try part.feed(head.bytes)
        }
        try part.feed(Array(head.bytes.dropLast(rest.count)))
        guard part.isPassedThrough else { return try part.feed(rest) }
        state = .pieces
        cutter = PieceCutter(
            head: start, rest: rest, mark: mark,
            pieceSizeBytes: min(pieceSizeBytes, 2 * PartHead.sizeBytesMax))
    }

    private func joinPiece(_ join: (Records) -> Bool) throws(WorkbookError) {
        try cutPieces()
        guard let records = work.next() else { return try readOn() }
        guard let records, join(records) else { return try readOn() }
        part.skip(underWay.removeFirst().recordsSizeBytes)
        isUnderSteam = true
        cutter?.pieceSizeBytes = pieceSizeBytes ?? 0
    }

    private func cutPieces() throws(WorkbookError) {
        while !work.isFull, isUnderSteam || underWay.isEmpty,
            let piece = try cutter?.next(read: { (room) throws(WorkbookError) in
                try part.read(into: room)
            })
        {
            underWay.append(piece)
            work.submit(piece)
        }
    }

    private func readOn() throws(WorkbookError) {
        state = .onward
        for piece in underWay {
            try piece.withRecords { (bytes) throws(WorkbookError) in try part.feed(bytes) }
        }
        underWay = []
        try part.feed(cutter?.rest ?? [])
        cutter = nil
    }
}
