import Testing
import XML

@Suite struct XMLWriterTests {
    private func written(_ write: (inout XMLWriter) -> Void) -> String {
        var xml = XMLWriter()
        write(&xml)
        return String(decoding: xml.bytes, as: UTF8.self)
    }

    @Test func `elements hold attributes, then content`() {
        let text = written { xml in
            xml.element("note") { xml in
                xml.attribute("lang", "e\"n")
                xml.attribute("count", -12)
                xml.attribute("seen", true)
                xml.text("1 < 2")
                xml.element("empty")
                xml.raw("<br/>")
            }
        }
        #expect(
            text == "<note lang=\"e&quot;n\" count=\"-12\" seen=\"1\">1 &lt; 2<empty/><br/></note>")
    }

    @Test func `an element may stay open over blocks`() {
        var xml = XMLWriter()
        xml.start("rows")
        xml.removeAll()
        xml.element("row")
        #expect(String(decoding: xml.bytes, as: UTF8.self) == "><row/>")
    }

    @Test func `an open element without content closes itself`() {
        #expect(
            written {
                $0.start("rows")
                $0.end("rows")
            } == "<rows/>")
    }

    @Test func `a document begins with its declaration`() {
        #expect(
            written {
                $0.declaration()
                $0.element("a")
            } == "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<a/>")
    }
}
