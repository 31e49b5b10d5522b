import Testing

@testable import XML

@Suite("Plain documents")
struct PlainDocumentTests {
    private static func isPlain(_ text: String) -> Bool {
        isPlain(terminated: text + "\0")
    }

    private static func isPlain(terminated text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer {
            XMLParser.readPlain($0, handler: Recorder())
        }
    }

    @Test(arguments: [
        "<sheet xmlns='urn:one'><row/>x &amp; y<!-- z --><c r='1'>&#65;<![CDATA[<]]></c></sheet>",
        "<row/>", "<?xml version='1.0'?><row/>", "<?xml version='1.0' encoding='utf-8'?><row/>",
        "\u{FEFF}<row/>",
    ])
    func `a document of known elements is read like a fed one`(text: String) throws {
        let recorder = Recorder()
        let isRead = Array("\(text)\0".utf8).withUnsafeBufferPointer {
            XMLParser.readPlain($0, handler: recorder)
        }
        #expect(isRead)
        #expect(recorder.text == (try events(of: text)))
    }

    @Test(arguments: [
        "", "<row>", "<row/>\0<", "<row/>\0", "<row></sheet>", "<row/><row/>", "<row a='<'/>",
        "<row>&x;</row>",
        "<x:row xmlns:x='urn:x'/>", "<row><?a b?></row>", "<!DOCTYPE row><row/>",
        "<row>" + String(repeating: "<row>", count: 40) + String(repeating: "</row>", count: 41),
        "<?xml version='1.0' encoding='FUT-8'?><row/>",
        "<?xml version='1.0' encoding='UTF-16'?><row/>",
        "<row a='\(String(repeating: "x", count: 140_000))'/>",
        "<row \((0..<40).map { "a\($0)=''" }.joined(separator: " "))/>",
    ])
    func `a document that is wrong, or counts towards a limit, is not read`(text: String) {
        #expect(!Self.isPlain(text))
    }

    @Test(arguments: ["", "<row/>", "<row/>\0<"])
    func `a document without a NUL behind it is not read`(text: String) {
        #expect(!Self.isPlain(terminated: text))
    }
}
