import Testing
import XML

struct XMLEncodingTests {
    private static func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? "\u{FEFF}" : "") + text).utf16.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? bytes : bytes.reversed()
        }
    }

    @Test(arguments: [true, false], [true, false])
    func utf16IsReadWithAndWithoutMark(bigEndian: Bool, mark: Bool) throws {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><c>ä😀</c>"
        let document = Self.utf16(text, bigEndian: bigEndian, mark: mark)
        for pieceSize in [1, 2, 3, 5, 1000] {
            #expect(try events(of: document, pieceSize: pieceSize) == "<c>ä😀</c in ?>")
        }
    }

    @Test func utf8IsReadWithAndWithoutMark() throws {
        let text = "<?xml version='1.0' encoding='utf-8' standalone='yes'?><c>ä</c>"
        #expect(try events(of: text) == "<c>ä</c in ?>")
        #expect(try events(of: "\u{FEFF}" + text) == "<c>ä</c in ?>")
    }

    @Test(arguments: ["UTF-16", "utf8x", "ISO-8859-1", "UTF-7", "GB18030", "UTF-32", "us-ascii"])
    func otherDeclaredEncodingsAreRefused(name: String) {
        let document = "<?xml version = \"1.0\" encoding = \"\(name)\"?><c/>"
        for pieceSize in [1, 7, 1000] {
            #expect(code(of: document, pieceSize: pieceSize) == .encodingNotAllowed)
        }
    }

    @Test(
        arguments: [
            [0, 0, 0xFE, 0xFF], [0xFF, 0xFE, 0, 0], [0, 0, 0, 0x3C], [0x3C, 0, 0, 0],
            [0x4C, 0x6F, 0xA7, 0x94], [0x2B, 0x2F, 0x76, 0x38],
        ] as [[UInt8]])
    func otherEncodingsAreRefusedByTheirFirstBytes(head: [UInt8]) {
        #expect(code(of: head + Array("<c/>".utf8)) == .encodingNotAllowed)
    }

    @Test func utf16DeclaredAsUTF8IsRefused() {
        let text = "<?xml version='1.0' encoding='UTF-8'?><c/>"
        #expect(code(of: Self.utf16(text, bigEndian: true, mark: true)) == .encodingNotAllowed)
    }

    @Test func aDocumentTypeIsRefusedInUTF16AsWell() {
        let document = Self.utf16("<!DOCTYPE c><c/>", bigEndian: false, mark: true)
        #expect(code(of: document) == .doctype)
    }

    @Test func aSurrogateWithoutItsOtherHalfIsMalformed() {
        #expect(code(of: [0xFE, 0xFF, 0, 0x3C, 0, 0x63, 0, 0x3E, 0xDC, 0]) == .malformed)
        #expect(code(of: [0xFE, 0xFF, 0, 0x3C, 0]) == .malformed)
        let text: [UInt8] = [0xFE, 0xFF, 0, 0x3C, 0, 0x63, 0, 0x3E]
        let end: [UInt8] = [0, 0x3C, 0, 0x2F, 0, 0x63, 0, 0x3E]
        #expect(code(of: text + [0xD8, 0, 0, 0x61] + end) == .malformed)
        #expect(code(of: text + [0, 0x61] + end) == nil)
    }
}
