import XML

/// Hands the events of a worksheet part on to its rows.
///
/// The rows are a structure, so that each event checks exclusive access once, and not for every
/// property.
final class WorksheetHandler: XMLHandler {
    /// Made once: every piece of a sheet has a handler of its own.
    private static let words = XMLVocabulary(
        WorksheetRows.Word.self, namespaces: OfficeNamespaces.all)

    var vocabulary: XMLVocabulary { Self.words }
    /// Events come one after the other from the one who feeds the parser, so nothing can overlap;
    /// the check would cost a tenth of the time of reading.
    @exclusivity(unchecked) var rows: WorksheetRows

    init(_ rows: WorksheetRows) { self.rows = rows }

    func start(_ element: XMLElement) { rows.start(element) }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) { rows.text(bytes) }
    func end(_ word: UInt8, parent: UInt8) { rows.end(word, parent: parent) }
}
