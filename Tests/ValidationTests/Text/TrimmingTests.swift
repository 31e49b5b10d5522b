import Testing

@testable import Validation

struct TrimmingTests {
    @Test(arguments: [
        (" acme ", "acme"), ("\tacme\r\n", "acme"), ("\u{A0}acme\u{A0}\u{A0} ", "acme"),
        ("a b", "a b"), ("a\u{A0}b", "a\u{A0}b"), ("", ""), (" \u{A0}\t", ""),
        ("\u{3000}acme", "\u{3000}acme"), ("\u{2003}acme", "\u{2003}acme"),
        ("à", "à"), ("Ġ", "Ġ"), ("\u{E0}\u{A0}", "\u{E0}"), ("\u{B}a", "\u{B}a"),
    ])
    func `cuts space, tab, line ends and no-break space at both ends`(
        text: String, trimmed: String
    ) {
        #expect(Array(Trimming.trimmed(text).utf8) == Array(trimmed.utf8))
    }

    @Test func `half a no-break space is not cut`() {
        let bytes: [UInt8] = [0xC2, 0x20, 0xC2]
        #expect(bytes.withUnsafeBufferPointer { Array(Trimming.trimmed($0)) } == bytes)
    }
}
