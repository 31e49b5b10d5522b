import XML

/// Writes events down as text: `<c r="A1">text</c>`; unknown names as `?`, neighbouring text
/// joined.
final class Recorder: XMLHandler {
    enum Word: UInt8, CaseIterable { case sheet, row, c, r, s, id }

    let vocabulary = XMLVocabulary(
        Word.self, namespaces: [["", "urn:one", "urn:uno"], ["urn:two"]])
    private(set) var record: [UInt8] = []

    var text: String { String(decoding: record, as: UTF8.self) }

    func start(_ element: XMLElement) {
        append("<\(name(element.word))")
        for word in Word.allCases {
            if let value = element.attributes.string(word.rawValue) {
                append(" \(word)=\"\(value)\"")
            }
            if let value = element.attributes.string(word.rawValue, in: 1) {
                append(" two:\(word)=\"\(value)\"")
            }
        }
        append(">")
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { record.append(contentsOf: bytes) }

    func end(_ word: UInt8, parent: UInt8) { append("</\(name(word)) in \(name(parent))>") }

    private func name(_ word: UInt8) -> String { Word(rawValue: word).map { "\($0)" } ?? "?" }

    private func append(_ text: String) { record.append(contentsOf: text.utf8) }
}

/// Reads a document given in pieces of a size and returns its events.
func events(
    of document: [UInt8], pieceSize: Int = 1 << 20, limits: XMLLimits = .standard
) throws(XMLError) -> String {
    let recorder = Recorder()
    let parser = XMLParser(handler: recorder, limits: limits)
    var rest = document[...]
    while !rest.isEmpty {
        let piece = Array(rest.prefix(pieceSize))
        rest = rest.dropFirst(pieceSize)
        var failure: XMLError?
        piece.withUnsafeBufferPointer { bytes in
            do throws(XMLError) { try parser.feed(bytes) } catch { failure = error }
        }
        if let failure { throw failure }
    }
    try parser.finish()
    return recorder.text
}

func events(of text: String, pieceSize: Int = 1 << 20) throws(XMLError) -> String {
    try events(of: Array(text.utf8), pieceSize: pieceSize)
}

/// The code of the error that reading a document ends in; nil when it is read.
func code(
    of document: [UInt8], pieceSize: Int = 1 << 20, limits: XMLLimits = .standard
) -> XMLError.Code? {
    do throws(XMLError) {
        _ = try events(of: document, pieceSize: pieceSize, limits: limits)
        return nil
    } catch { return error.code }
}

func code(of text: String, pieceSize: Int = 1 << 20, limits: XMLLimits = .standard) -> XMLError
    .Code?
{
    code(of: Array(text.utf8), pieceSize: pieceSize, limits: limits)
}
