import Testing

@testable import Validation

struct EmailAddressTests {
    private static let label63 = String(repeating: "a", count: 63)
    private static let local64 = String(repeating: "l", count: 64)
    /// An address of this many bytes whose parts are all within their limits.
    private static func address(size: Int) -> String {
        let domain = [label63, label63, label63].joined(separator: ".")
        return String(repeating: "l", count: size - domain.utf8.count - 1) + "@" + domain
    }

    @Test(arguments: [
        ("ann@acme.example", "ann@acme.example"),
        ("Ann@ACME.Example", "ann@acme.example"),
        ("o'neill+x@a-b.co", "o'neill+x@a-b.co"),
        ("!#$%&'*+-/=?^_`{|}~@acme.example", "!#$%&'*+-/=?^_`{|}~@acme.example"),
        ("a.b.c@1.2.a", "a.b.c@1.2.a"),
        ("ann@BÜCHER.example", "ann@xn--bcher-kva.example"),
        ("ann@bu\u{308}cher.example", "ann@xn--bcher-kva.example"),
        ("ann@xn--bcher-kva.example", "ann@xn--bcher-kva.example"),
        ("ann@acme。example", "ann@acme.example"),
        ("ann@ａcme.example", "ann@acme.example"),
        (local64 + "@" + label63 + ".example", local64 + "@" + label63 + ".example"),
        (address(size: 254), address(size: 254)),
    ])
    func `is an address`(text: String, key: String) {
        #expect(failure(text) == nil)
        #expect(self.key(text) == key)
    }

    @Test(arguments: [
        "ann", "ann@", "@acme.example", "ann@acme", "ann@localhost", "ann acme.example",
        "ann@@acme.example", "ann@acme@acme.example", ".ann@acme.example", "ann.@acme.example",
        "a..b@acme.example", "ann@.example", "ann@acme..example", "ann@acme.example.",
        "ann@-acme.example", "ann@acme-.example", "ann@acme.example-", "ann@ac_me.example",
        "ann@192.0.2.1", "ann@[192.0.2.1]", "ann@1.2", "\"ann\"@acme.example",
        "ann(x)@acme.example", "änn@acme.example", "ann＠acme.example", "ann@ä",
        "ann@acme.example,", "a n@acme.example", "Ann <ann@acme.example>", "ann@x☃.example",
        "l" + local64 + "@acme.example", "ann@a" + label63 + ".example", address(size: 255),
        "ann@" + String(repeating: "ü", count: 60) + ".example",
    ])
    func `is no address`(text: String) {
        #expect(failure(text) == .malformed)
        #expect(key(text) == nil)
    }

    @Test(arguments: [
        "ann@acme.example; bob@acme.example", "ann@acme.example,bob@acme.example",
        "ann@acme.example bob@acme.example", "Ann <ann@acme.example>, Bob <bob@acme.example>",
        "ann@acme.example/bob@acme.example", "ann@acme.example\nbob@acme.example",
        "ann@bücher.example; bob@bücher.example",
    ])
    func `are several addresses`(text: String) { #expect(failure(text) == .several) }

    @Test(arguments: [
        ("Ann Lee <ann@acme.example>", "ann@acme.example"),
        ("<ann@acme.example>", "ann@acme.example"),
        ("mailto:Ann@acme.example", "Ann@acme.example"),
        ("MAILTO:ann@acme.example", "ann@acme.example"),
        ("Ann <mailto:ann@acme.example>", "ann@acme.example"),
        ("Ann <ann@bücher.example>", "ann@bücher.example"),
        ("Ann <ann@acme.example", nil),
        ("ann@acme.example (work)", nil),
        ("Ann ann@acme.example", nil),
        ("Ann <ann@acme.example>, Bob <bob@acme.example>", nil),
        ("Ann <ann@acme>", nil),
        ("mailto:", nil),
        ("", nil),
    ])
    func `one address in a text is suggested`(text: String, address: String?) {
        #expect(EmailAddress.suggestion(for: text) == address)
    }

    @Test(arguments: [
        ("ann@p\u{430}ypal.example", "xn--pypal-4ve.example"),
        ("ann@p\u{410}ypal。example", "xn--pypal-4ve.example"),
        ("ann@paypal.example", nil), ("ann@bücher.example", nil), ("ann@почта.example", nil),
        ("ann@東京abc.example", nil), ("ann@xn--pypal-4ve.example", nil),
    ])
    func `a domain of mixed scripts deceives`(address: String, domain: String?) {
        var address = address
        let deception = address.withUTF8(EmailAddress.deception)
        #expect(deception?.ascii == domain && deception?.lookalike == nil)
    }

    @Test(arguments: [
        ("a.n.n@acme.example", "ann@acme.example"),
        ("ann+x@acme.example", "ann@acme.example"),
        ("a.nn+x+y.z@acme.example", "ann@acme.example"),
        ("+x@acme.example", "@acme.example"),
        ("ann@a.cme.example", "ann@a.cme.example"),
    ])
    func `a mailbox has no dots and no tag`(address: String, mailbox: String) {
        var key = Array("x.y+z\0\(address)".utf8)
        EmailAddress.makeMailbox(ofKeyFrom: 6, in: &key)
        #expect(String(decoding: key, as: UTF8.self) == "x.y+z\0\(mailbox)")
    }

    @Test(arguments: [
        String(repeating: "a", count: 32_767), String(repeating: "a@", count: 16_383),
        String(repeating: "(", count: 32_767), String(repeating: "ü.", count: 10_000) + "@a",
        "a@" + String(repeating: "ü.", count: 10_900), String(repeating: "<a@b.c ", count: 4_000),
        "a@" + String(repeating: "a.", count: 16_000),
    ])
    func `a long text is looked at in linear time`(text: String) {
        let duration = ContinuousClock().measure { #expect(failure(text) != nil) }
        #expect(duration < .milliseconds(300))
    }

    private func failure(_ text: String) -> EmailAddress.Failure? {
        var text = text
        return text.withUTF8 { EmailAddress.failure(of: $0) }
    }

    private func key(_ text: String) -> String? {
        var text = text
        var key: [UInt8] = []
        let isAddress = text.withUTF8 { EmailAddress.appendKey(of: $0, to: &key) }
        #expect(isAddress || key.isEmpty)
        return isAddress ? String(decoding: key, as: UTF8.self) : nil
    }
}
