import Testing
import XML

struct XMLParserTests {
    @Test(arguments: [
        ("<sheet/>", "<sheet></sheet in ?>"),
        ("<sheet><row r='1'>a</row></sheet>", "<sheet><row r=\"1\">a</row in sheet></sheet in ?>"),
        ("<other><c/></other>", "<?><c></c in ?></? in ?>"),
        ("<!-- a --><sheet>1<!-- 2 -->3</sheet>", "<sheet>13</sheet in ?>"),
        ("<sheet><?pi x?>a<![CDATA[<&]]>b</sheet>", "<sheet>a<&b</sheet in ?>"),
        ("<sheet>&lt;&amp;&gt;&quot;&apos;&#65;&#x1F600;</sheet>", "<sheet><&>\"'A😀</sheet in ?>"),
        ("<c r='a&amp;b &amp;#38; &#38;lt; &lt;'/>", "<c r=\"a&b &#38; &lt; <\"></c in ?>"),
        ("<sheet>a\r\nb\rc</sheet>", "<sheet>a\nb\nc</sheet in ?>"),
        ("<sheet> </sheet>", "<sheet> </sheet in ?>"),
        ("<c r='1>2' s=\"'\"/>", "<c r=\"1>2\" s=\"'\"></c in ?>"),
    ])
    func eventsAreThoseOfTheDocument(document: String, expected: String) throws {
        #expect(try events(of: document) == expected)
    }

    @Test(arguments: [
        ("<x:sheet xmlns:x='urn:one'/>", "<sheet></sheet in ?>"),
        ("<sheet xmlns='urn:uno'/>", "<sheet></sheet in ?>"),
        ("<sheet xmlns='urn:other'/>", "<?></? in ?>"),
        ("<c xmlns:a='urn:two' a:id='1' id='2'/>", "<c id=\"2\" two:id=\"1\"></c in ?>"),
        ("<c xmlns:a='urn:other' a:id='1'/>", "<c></c in ?>"),
        ("<c undeclared:id='1'/>", "<c></c in ?>"),
    ])
    func namesGoByNamespaceNotByPrefix(document: String, expected: String) throws {
        #expect(try events(of: document) == expected)
    }

    @Test(arguments: Array(1...17) + [64, 300])
    func piecesOfAnySizeGiveTheSameEvents(pieceSize: Int) throws {
        let filling = String(repeating: "Grüße 😀\r\n&amp;", count: 200)
        let document = "<sheet><row r='&lt;ä'>\(filling)<![CDATA[é]]></row></sheet>"
        #expect(try events(of: document, pieceSize: pieceSize) == events(of: document))
    }

    @Test(arguments: [
        "", " ", "text", "<sheet>", "<sheet></row>", "<sheet/><sheet/>", "<sheet/>x", "x<sheet/>",
        "<sheet>\u{0}</sheet>", "<sheet>\u{8}</sheet>", "<sheet>&nbsp;</sheet>",
        "<sheet a='1' a='2'/>",
        "<sheet a='<'/>", "<sheet>]]></sheet>", "<sheet a=1/>", "<sheet>&#0;</sheet>", "<sheet",
    ])
    func brokenMarkupIsMalformed(document: String) {
        #expect(code(of: document) == .malformed)
    }

    @Test(
        arguments: [
            [0x3C, 0x63, 0x3E, 0xC0, 0xAF, 0x3C, 0x2F, 0x63, 0x3E],  // an overlong solidus
            [0x3C, 0x63, 0x3E, 0xED, 0xA0, 0x80, 0x3C, 0x2F, 0x63, 0x3E],  // a surrogate
            [0x3C, 0x63, 0x3E, 0xE4, 0x3C, 0x2F, 0x63, 0x3E],  // Latin-1
        ] as [[UInt8]])
    func brokenUTF8IsMalformed(document: [UInt8]) {
        #expect(code(of: document) == .malformed)
    }

    @Test(arguments: [
        "<!DOCTYPE sheet><sheet/>",
        "<?xml version='1.0'?><!DOCTYPE sheet SYSTEM 'http://example.invalid/x.dtd'><sheet/>",
        "<!DOCTYPE s [<!ENTITY a 'x'><!ENTITY b '&a;&a;'>]><s>&b;</s>",
        "<!DOCTYPE s [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><s/>",
    ])
    func anyDocumentTypeIsRefused(document: String) {
        for pieceSize in 1...64 { #expect(code(of: document, pieceSize: pieceSize) == .doctype) }
    }

    @Test func anErrorTellsItsPlace() {
        let document = "<sheet>" + String(repeating: "<c/>", count: 20_000) + "</row>"
        #expect {
            try events(of: document)
        } throws: { error in
            guard let error = error as? XMLError else { return false }
            return error.code == .malformed && (80_000...80_020).contains(error.byteOffset)
        }
    }
}
