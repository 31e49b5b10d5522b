import Testing

@testable import Validation

struct HiddenCharacterTests {
    @Test(arguments: [
        ("ann\u{200B}@acme", 4, "U+200B ZERO WIDTH SPACE"),
        ("\u{200D}", 1, "U+200D ZERO WIDTH JOINER"),
        ("é\u{FEFF}", 2, "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a\u{AD}b", 2, "U+00AD SOFT HYPHEN"),
        ("abc\u{202E}d", 4, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u{2066}", 1, "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("x\u{E0041}", 2, "U+E0041 TAG LATIN CAPITAL LETTER A"),
        ("\u{3164}", 1, "U+3164 HANGUL FILLER"),
        ("a\u{FE0F}", 2, "U+FE0F VARIATION SELECTOR-16"),
        ("\u{1F600}\u{200B}\u{200B}", 2, "U+200B ZERO WIDTH SPACE"),
    ])
    func `invisible characters have place and name`(text: String, position: Int, name: String) {
        let hidden = first(in: text)
        #expect(hidden?.kind == .invisible)
        #expect(hidden?.position == position)
        #expect(hidden?.name == name)
    }

    @Test(arguments: [
        ("a\nb", "U+000A LINE FEED"), ("a\tb", "U+0009 TABULATION"),
        ("a\u{0}b", "U+0000"), ("a\u{7F}", "U+007F"), ("a\u{85}", "U+0085"),
        ("a\u{9B}", "U+009B"), ("a\u{2028}b", "U+2028 LINE SEPARATOR"),
    ])
    func `control characters are of their own kind`(text: String, name: String) {
        let hidden = first(in: text)
        #expect(hidden?.kind == .control)
        #expect(hidden?.position == 2)
        #expect(hidden?.name == name)
    }

    @Test(arguments: ["", "acme", "Zoë Łąka", "你好", "a b", "naïve\u{A0}x", "\u{1F600}", "नमस्ते"])
    func `what can be seen is not hidden`(text: String) { #expect(first(in: text) == nil) }

    private func first(in text: String) -> HiddenCharacter? {
        var text = text
        return text.withUTF8 { HiddenCharacter.first(in: $0) }
    }
}
