import Testing

@testable import Validation

struct TextPatternTests {
    @Test(arguments: [
        ("[A-Za-z0-9._-]{1,64}", ["a", "acme.12345.service", String(repeating: "x", count: 64)]),
        ("[a-c]{2}", ["ab", "cc"]),
        ("[a-c]{2,}", ["ab", "abcabc"]),
        ("a*", ["", "aaa"]),
        ("a+b?", ["a", "aab"]),
        ("[^@]+@[^@]+", ["a@b", "ü@ü"]),
        ("\\+[0-9]{2,3}", ["+44", "+441"]),
        ("x.z", ["xyz", "xüz", "x\u{1F600}z"]),
        ("[a-]+", ["a-a"]), ("[-a]+", ["-a"]), ("[\\]\\\\]+", ["]\\"]), ("[+-\\.]+", ["+,-."]),
        ("[ä-ü]+", ["äöü"]), ("a?a?a?aaa", ["aaa", "aaaaaa"]), ("", [""]),
        ("[0-9]{2}-[0-9]{2}", ["12-34"]), ("a{0}b", ["b"]), ("a*b*", ["", "aabb", "b"]),
    ])
    func `a text has the pattern`(pattern: String, texts: [String]) throws {
        for text in texts { #expect(try matches(text, pattern), "\(text)") }
    }

    @Test(arguments: [
        (
            "[A-Za-z0-9._-]{1,64}",
            ["", "a b", "ä", "a@", String(repeating: "x", count: 65), "a\n"]
        ),
        ("[a-c]{2}", ["a", "abc", "ad"]), ("[a-c]{2,}", ["a"]), ("a+b?", ["", "b", "abb"]),
        ("[^@]+@[^@]+", ["a@b@c", "@b"]), ("x.z", ["xz", "xyyz"]), ("", ["a"]),
        ("a?a?a?aaa", ["aa", "aaaaaaa"]), ("a*b*", ["aba"]), ("[ä-ü]+", ["a"]),
    ])
    func `a text lacks the pattern`(pattern: String, texts: [String]) throws {
        for text in texts { #expect(try !matches(text, pattern), "\(text)") }
    }

    @Test(arguments: [
        "(a)", "a|b", "a**", "*a", "+", "?", "a)", "[", "[]", "[a", "[^]", "[z-a]", "a{", "a{1",
        "{2}",
        "a{x}", "a{2,1}", "a{1001}", "a{1,2,3}", "a{,2}", "\\d", "\\", "\\ ", "]", "}", "[a-",
        "[\\w]", "a{1000}b{1000}c", ".{1000}.{1000}.",
    ])
    func `a pattern is refused`(pattern: String) {
        #expect(throws: TextPattern.Mistake.self) { try TextPattern(pattern) }
    }

    @Test func `the largest pattern is taken`() throws {
        let text = String(repeating: "a", count: 1_000) + String(repeating: "b", count: 1_000)
        #expect(try matches(text, "a{1000}b{1000}"))
    }

    @Test(arguments: [
        ("a*a*a*a*a*a*b", "a"), ("[^@]*", "ü"), (".*x", "ü"), ("[a-z]{1,64}", "a"),
    ])
    func `time is linear whatever the text`(pattern: String, letter: String) throws {
        let text = String(repeating: letter, count: 32_767)
        let duration = try ContinuousClock().measure { _ = try matches(text, pattern) }
        #expect(duration < .milliseconds(800))
    }

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        var text = text
        let pattern = try TextPattern(pattern)
        return text.withUTF8 { pattern.matches($0) }
    }
}
