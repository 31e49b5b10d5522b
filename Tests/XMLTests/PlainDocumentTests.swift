import Testing

@testable import XML

@Suite("Plain documents")
struct PlainDocumentTests {
    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { XMLParser.readPlain($0, handler: Recorder()) }
    }

    @Test func `a document of elements and text is plain`() {
        #expect(Self.isPlain("<a xmlns=\"urn:one\"><b/>x &amp; y</a>"))
    }
}
