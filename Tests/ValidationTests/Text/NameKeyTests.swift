import Testing

@testable import Validation

struct NameKeyTests {
    @Test(arguments: [
        ("Bob", "bOB"),
        ("caf\u{E9}", "cafe\u{301}"),
        ("CAF\u{C9}", "cafe\u{301}"),
        ("Straße", "STRASSE"),
        ("STRAẞE", "strasse"),
        ("Kelvin", "\u{212A}elvin"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ﬁrma", "FIRMA"),
        ("  Acme\t", "acme\u{A0}\r\n"),
        ("İ", "i\u{307}"),
        ("\u{AC01}", "\u{AC00}\u{11A8}"), ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"),
        ("\u{CCB}", "\u{CCA}\u{CD5}"),
    ])
    func `names are the same`(left: String, right: String) {
        #expect(NameKey.bytes(of: left) == NameKey.bytes(of: right))
    }

    @Test(arguments: [
        ("İ", "i"), ("ı", "i"), ("acme", "acmé"), ("acme", "ac me"), ("a", "а"), ("a-b", "a_b"),
    ])
    func `names differ`(left: String, right: String) {
        #expect(NameKey.bytes(of: left) != NameKey.bytes(of: right))
    }

    @Test(arguments: ["İstanbul", "Straße", "ǰ", "ŉ", "ᾳ", "ΐ", "Σς", "ı", "e\u{301}"])
    func `a key is its own key`(name: String) {
        let key = NameKey.bytes(of: name)
        #expect(NameKey.bytes(of: String(decoding: key, as: UTF8.self)) == key)
    }

    @Test func `a key is appended`() {
        var key: [UInt8] = Array("x".utf8)
        "Ä".utf8.withContiguousStorageIfAvailable { NameKey.append($0, to: &key) }
        #expect(key == Array("xä".utf8))
    }
}
