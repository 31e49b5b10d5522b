import Catalogue
import Spreadsheet
import XML

/// Reads the table of shared strings (ECMA-376 Part 1 §18.4.9). Each item has one index, an empty
/// one too; the counts that the part claims are not looked at.
///
/// Events come one after the other from the one who feeds the parser, so no accesses overlap; the
/// checks would cost a tenth of the time.
final class SharedStringsHandler: XMLHandler {
    enum Word: UInt8, CaseIterable { case sst, si, t, r, rPh, space }

    /// Made once: every piece of the table has a handler of its own.
    private static let words = XMLVocabulary(Word.self, namespaces: OfficeNamespaces.all)

    var vocabulary: XMLVocabulary { Self.words }
    @exclusivity(unchecked) private(set) var table = TextTable()
    /// The ids of texts that were longer than a cell may hold; their beginnings are in the table.
    @exclusivity(unchecked) private(set) var tooLongIds: Set<UInt32> = []
    /// Whether there were more strings, or more bytes, than the limits allow.
    @exclusivity(unchecked) private(set) var isTooLarge = false

    private let limits: WorkbookLimits
    @exclusivity(unchecked) private var buffer: [UInt8] = []
    @exclusivity(unchecked) private var collector = StringCollector()
    @exclusivity(unchecked) private var isInText = false
    @exclusivity(unchecked) private var isInPhonetic = false

    init(limits: WorkbookLimits) { self.limits = limits }

    /// What was read of a piece of the table.
    struct Strings: Sendable {
        fileprivate let table: TextTable
        fileprivate let tooLongIds: Set<UInt32>
        fileprivate let isTooLarge: Bool
    }

    /// All that was read so far.
    var strings: Strings {
        Strings(table: table, tooLongIds: tooLongIds, isTooLarge: isTooLarge)
    }

    /// Takes the strings of the next piece; false when there are more than the limits allow.
    func join(_ piece: Strings) -> Bool {
        let count = table.count
        guard !piece.isTooLarge, count + piece.table.count <= limits.sharedStringCountMax,
            table.byteCount + piece.table.byteCount <= limits.sharedStringsSizeBytesMax,
            table.append(contentsOf: piece.table)
        else { return false }
        for id in piece.tooLongIds { tooLongIds.insert(id + UInt32(truncatingIfNeeded: count)) }
        return true
    }

    func start(_ element: XMLElement) {
        switch Word(rawValue: element.word) {
        case .si where element.parent == Word.sst.rawValue:
            buffer.removeAll(keepingCapacity: true)
            collector.begin(at: 0)
        case .rPh: isInPhonetic = true
        case .t where !isInPhonetic:
            isInText = true
            collector.beginRun(
                at: buffer.count, keepsSpace: element.attributes.keepsSpace(Word.space.rawValue))
        default: break
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInText { collector.append(bytes, to: &buffer) }
    }

    func end(_ word: UInt8, parent: UInt8) {
        switch Word(rawValue: word) {
        case .t where isInText:
            isInText = false
            collector.endRun(in: &buffer)
        case .rPh: isInPhonetic = false
        case .si where parent == Word.sst.rawValue: finishItem()
        default: break
        }
    }

    /// The error that `isTooLarge` is.
    func excess(in part: String) -> WorkbookError {
        WorkbookError(
            .sstTooLarge, part: part, found: "more",
            expected: "at most \(limits.sharedStringCountMax) shared strings and "
                + "\(limits.sharedStringsSizeBytesMax) bytes")
    }

    private func finishItem() {
        // Out of the object while its bytes are read: no reference is counted a string.
        var text: [UInt8] = []
        swap(&text, &buffer)
        defer { swap(&text, &buffer) }
        collector.finish(in: &text)
        guard !isTooLarge, table.count < limits.sharedStringCountMax,
            table.byteCount + text.count <= limits.sharedStringsSizeBytesMax,
            let id = table.append(text)
        else {
            isTooLarge = true
            return
        }
        if collector.isTooLong { tooLongIds.insert(id) }
    }
}

extension XMLAttributes {
    /// Whether `xml:space="preserve"` stands here; `word` is the handler's token for `space`.
    func keepsSpace(_ word: UInt8) -> Bool {
        guard let value = self[word, in: OfficeNamespaces.xmlIndex] else { return false }
        return value.elementsEqual("preserve".utf8)
    }
}
