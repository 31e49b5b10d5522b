import Testing
import XML

/// Each limit holds at its value and breaks one above.
struct XMLLimitsTests {
    private let limits = XMLLimits.standard

    private func repeated(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test func depthIsLimited() {
        func nested(_ depth: Int) -> String { repeated("<c>", depth) + repeated("</c>", depth) }
        #expect(code(of: nested(limits.depthMax)) == nil)
        #expect(code(of: nested(limits.depthMax + 1)) == .tooDeep)
    }

    @Test func attributesAreLimited() {
        func element(_ count: Int) -> String {
            "<c " + (0..<count).map { "a\($0)='' " }.joined() + "/>"
        }
        #expect(code(of: element(limits.attributesPerElementMax)) == nil)
        #expect(code(of: element(limits.attributesPerElementMax + 1)) == .tooManyAttributes)
    }

    @Test func namespaceDeclarationsOfAnElementAreLimited() {
        func element(_ count: Int) -> String {
            "<c " + (0..<count).map { "xmlns:a\($0)='urn:one' " }.joined() + "/>"
        }
        #expect(code(of: element(limits.namespacesPerElementMax)) == nil)
        #expect(code(of: element(limits.namespacesPerElementMax + 1)) == .tooManyNamespaces)
    }

    @Test func differentNamespacesAreLimited() {
        func document(_ count: Int) -> String {
            "<c>" + (0..<count).map { "<c xmlns='urn:\($0)'/>" }.joined() + "</c>"
        }
        #expect(code(of: document(limits.namespaceURIsMax)) == nil)
        #expect(code(of: document(limits.namespaceURIsMax + 1)) == .tooManyNamespaces)
    }

    @Test func differentNamesAreLimitedKnownOnesAreFree() {
        func document(_ count: Int) -> String {
            "<c><row/>" + (0..<count).map { $0 % 2 == 0 ? "<a\($0)/>" : "<c a\($0)=''/>" }.joined()
                + "</c>"
        }
        #expect(code(of: document(limits.namesMax)) == nil)
        #expect(code(of: document(limits.namesMax + 1)) == .tooManyNames)
    }

    @Test func unknownElementsAndInstructionsAreLimited() {
        var few = limits
        few.unknownMax = 10
        func document(_ count: Int) -> String {
            "<c>" + repeated("<?a?>", count / 2) + repeated("<x xmlns='urn:x'/>", count - count / 2)
                + "</c>"
        }
        #expect(code(of: document(10), limits: few) == nil)
        #expect(code(of: document(11), limits: few) == .tooManyUnknown)
    }

    /// Wherever the tag begins in the pieces that the parser is given.
    @Test(arguments: [0, 1, 1_000, 32_766, 32_767, 32_768, 40_000, 65_535])
    func tagsAreLimitedWhereverTheyBegin(before: Int) {
        let shell = "<c r=''/>"
        func document(_ size: Int) -> String {
            let value = repeated("x", size - shell.utf8.count)
            return "<c>\(repeated(" ", before))<c r='\(value)'/>\(repeated("<c/>", 20_000))</c>"
        }
        #expect(code(of: document(limits.tagSizeBytesMax)) == nil)
        #expect(code(of: document(limits.tagSizeBytesMax + 1)) == .tagTooLong)
    }

    @Test(arguments: [1_000, 1 << 20])
    func tagsAreLimitedBeforeTheirEndIsSeen(pieceSize: Int) {
        func tag(_ size: Int) -> String {
            let shell = "<c r='>'/>"
            return shell.replacing(">'", with: ">\(repeated("x", size - shell.utf8.count))'")
        }
        let size = limits.tagSizeBytesMax
        let allowed = "<c>\(tag(size))</c>"
        #expect(code(of: allowed, pieceSize: pieceSize) == nil)
        let endless = "<c><c r='>" + repeated("x>", size)
        #expect(code(of: endless, pieceSize: pieceSize) == .tagTooLong)
    }

    @Test func textOfAnyLengthIsHandedOnInPieces() throws {
        let text = repeated("x", 3 << 20)
        #expect(try events(of: "<c>\(text)</c>").utf8.count == text.utf8.count + 12)
    }

    @Test(arguments: ["<!--", "<![CDATA[", "<?x "])
    func sectionsAreLimited(opening: String) {
        let size = limits.sectionSizeBytesMax
        #expect(code(of: "<c>" + opening + repeated("x", size + 1)) == .tagTooLong)
    }
}
