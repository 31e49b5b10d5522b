import XML

/// Any bytes as a document: fed whole, fed in pieces and read at once it gives the same events, or
/// it is refused. The first byte is the size of the pieces.
enum XMLFeedProperty {
    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        guard let pieceSize = bytes.first.map({ Int($0) + 1 }) else { return }
        let document = UnsafeBufferPointer(rebasing: bytes[1...])
        let whole = events(of: document, pieceSize: max(document.count, 1))
        expect(events(of: document, pieceSize: pieceSize) == whole, "pieces give what all gives")
        let atOnce = XMLTrace()
        let isRead = (Array(document) + [0]).withUnsafeBufferPointer {
            XMLParser.readPlain($0, handler: atOnce)
        }
        if isRead {
            expect(atOnce.events == whole, "a plain document is read at once as it is fed")
        }
    }

    /// What happens in a document; nil when it is refused.
    private static func events(
        of document: UnsafeBufferPointer<UInt8>, pieceSize: Int
    ) -> [UInt8]? {
        let trace = XMLTrace()
        let parser = XMLParser(handler: trace)
        do throws(XMLError) {
            var rest = document[...]
            while !rest.isEmpty {
                try parser.feed(UnsafeBufferPointer(rebasing: rest.prefix(pieceSize)))
                rest = rest.dropFirst(pieceSize)
            }
            try parser.finish()
            return trace.events
        } catch { return nil }
    }
}

/// Writes events down, one byte or more each.
private final class XMLTrace: XMLHandler {
    let vocabulary = XMLVocabulary(
        words: ["row", "c", "v", "t", "r", "s"], namespaces: [["", "urn:one"], ["urn:two"]])
    private(set) var events: [UInt8] = []

    func start(_ element: XMLElement) {
        events += [UInt8(ascii: "<"), element.word, element.namespace, element.parent]
        for index in 0..<element.attributes.count {
            events += [UInt8(ascii: "@"), element.attributes.word(at: index)]
            events += element.attributes.value(at: index)
        }
        for word in UInt8(0)..<6 {
            events += (element.attributes.string(word) ?? "").utf8
            events += (element.attributes.string(word, in: 1) ?? "").utf8
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) { events += bytes }

    func end(_ word: UInt8, parent: UInt8) { events += [UInt8(ascii: ">"), word, parent] }
}
