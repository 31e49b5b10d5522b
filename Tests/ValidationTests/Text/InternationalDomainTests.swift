import Foundation
import Testing

@testable import Validation

struct InternationalDomainTests {
    /// RFC 3492 §7.1, without the flags for letter case.
    @Test(arguments: [
        ("ليهمابتكلموشعربي؟", "egbpdaj6bu4bxfgehfvwxn"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
        ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
        ("Pročprostěnemluvíčesky", "Proprostnemluvesky-uyb24dma41a"),
        ("למההםפשוטלאמדבריםעברית", "4dbcagdahymbxekheh6e0a7fei0b"),
        ("यहलोगहिन्दीक्योंनहींबोलसकतेहैं", "i1baa7eci9glrd9b2ae1bj0hfcgg6iyaf8o0a1dig0cd"),
        ("なぜみんな日本語を話してくれないのか", "n8jok5ay5dzabd5bym9f0cm5685rrjetr6pdxa"),
        (
            "세계의모든사람들이한국어를이해한다면얼마나좋을까",
            "989aomsvi5e83db1d2a355cv1e0vak1dwrv93d5xbh15a0dt30a5jpsd879ccm6fea98c"
        ),
        ("почемужеонинеговорятпорусски", "b1abfaaepdrnnbgefbadotcwatmq2g4l"),
        (
            "PorquénopuedensimplementehablarenEspañol",
            "PorqunopuedensimplementehablarenEspaol-fmd56a"
        ),
        ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
        ("3年B組金八先生", "3B-ww4c5e180e575a65lsy2b"),
        ("安室奈美恵-with-SUPER-MONKEYS", "-with-SUPER-MONKEYS-pc58ag80a8qai00g7n9n"),
        ("Hello-Another-Way-それぞれの場所", "Hello-Another-Way--fc4qua05auwb3674vfr0b"),
        ("ひとつ屋根の下2", "2-u9tlzr9756bt3uc0v"),
        ("MajiでKoiする5秒前", "MajiKoi5-783gue6qz075azm5e"),
        ("パフィーdeルンバ", "de-jg4avhby1noc0d"),
        ("そのスピードで", "d9juau41awczczp"),
        ("-> $1.00 <-", "-> $1.00 <--"),
    ])
    func `a label in Punycode`(label: String, punycode: String) {
        let scalars = Array(label.precomposedStringWithCanonicalMapping.unicodeScalars)
        #expect(Punycode.encoded(scalars) == punycode)
        let isLabel = punycode.utf8.count <= EmailAddress.labelSizeMax
        #expect(Punycode.decoded(Array(punycode.utf8)) == (isLabel ? scalars : nil))
    }

    @Test(arguments: ["0", "99999999", "-", "ü", "999999999999", "a_", "Ab"])
    func `what is no Punycode`(text: String) {
        let scalars = Punycode.decoded(Array(text.utf8))
        #expect(scalars.flatMap(Punycode.encoded) != text)
    }

    @Test(arguments: [
        ("bücher.example", "xn--bcher-kva.example"),
        ("BÜCHER.EXAMPLE", "xn--bcher-kva.example"),
        ("bu\u{308}cher.example", "xn--bcher-kva.example"),
        ("straße.example", "xn--strae-oqa.example"),
        ("例え。テスト", "xn--r8jz45g.xn--zckzah"),
        ("ａｃｍｅ．example", "acme.example"),
        ("acme.example", "acme.example"), ("acme．ü｡example", "acme.xn--tda.example"),
        ("J\u{30C}.example", "xn--ska.example"), ("\u{AC00}\u{11A8}.example", "xn--p39a.example"),
    ])
    func `a domain as A-labels`(domain: String, ascii: String) {
        #expect(InternationalDomain.ascii(domain) == ascii)
    }

    @Test(arguments: [
        "", ".", "ü..example", "ü.example.", "a☃.example", "ü b.example", "ü_.example",
        "ü⒈example.com", "⒈example", "ü…example", "xn--ü.example", "ab--ü.example", "-ü.example",
        "ü-.example", "\u{301}ü.example", "\u{903}a.example", "a.\u{301}ü.example",
    ])
    func `no domain`(domain: String) { #expect(InternationalDomain.ascii(domain) == nil) }

    @Test(arguments: [
        ("\u{430}\u{441}\u{435}.example", "ace.example"),
        ("\u{410}\u{421}\u{415}.EXAMPLE", "ace.example"),
        ("mail.\u{3C1}\u{3B1}\u{3B3}.example", "mail.pay.example"),
        ("\u{455}hop-24.example", "shop-24.example"),
        // Letters with looks of their own, and Cyrillic words below a top level of their own.
        ("\u{43F}\u{43E}\u{447}\u{442}\u{430}.example", nil),
        ("\u{430}\u{441}\u{435}.\u{440}\u{444}", nil),
        ("\u{430}\u{441}\u{435}.xn--p1ai", nil),
        ("b\u{FC}cher.example", nil), ("ace.example", nil), ("", nil),
    ])
    func `a domain that looks like another`(domain: String, lookalike: String?) {
        #expect(InternationalDomain.lookalike(of: domain) == lookalike)
    }
}
