import Testing

@testable import Portals

struct PortalLinkTests {
    @Test(arguments: [
        ("https://{a}.x.example/", "acme", "https://acme.x.example/"),
        ("https://x.example/{a}/{a}", "A_1.~-", "https://x.example/A_1.~-/A_1.~-"),
        ("https://{a}.x.example/", "evil.example/?#", "https://evil.example%2F%3F%23.x.example/"),
        ("https://x.example/{a}", "Müller & Co", "https://x.example/M%C3%BCller%20%26%20Co"),
        ("https://x.example/", "acme", "https://x.example/"),
        ("https://x.example/{b}", "acme", nil),
        ("https://x.example/{a}", "", nil),
    ])
    func `a value only ever stands where its field is named`(
        pattern: String, value: String, address: String?
    ) throws {
        let link = try PortalLink(
            DefinitionNode(value: .text(pattern), path: "link", file: "portal.yaml"))
        #expect(link.address(with: Settings()) { $0 == "a" ? value : nil } == address)
    }

    @Test(arguments: [
        ("{home}", "https://x.example", "https://x.example"),
        ("{home}/companies/{a}", "https://x.example/", "https://x.example/companies/acme%20%26"),
        (
            "{home}/companies/{a}", "https://x.example/en",
            "https://x.example/en/companies/acme%20%26"
        ),
        ("{home}", "", nil), ("{home}", "javascript:alert(1)", nil),
        ("{home}", "http://x.example", nil), ("{other}", "https://x.example", nil),
    ])
    func `a reseller's own address is where a link begins, if it is one`(
        pattern: String, setting: String, address: String?
    ) throws {
        let link = try PortalLink(
            DefinitionNode(value: .text(pattern), path: "link", file: "portal.yaml"))
        let settings = Settings([.init("home", .text(setting))])
        #expect(link.address(with: settings) { $0 == "a" ? "acme &" : nil } == address)
    }

    @Test(arguments: [
        "http://x.example/", "javascript:{a}", "x{home}", "https://x.example/{a", "a}",
    ])
    func `a link that leads somewhere else is no link`(pattern: String) {
        #expect(throws: DefinitionError.self) {
            try PortalLink(DefinitionNode(value: .text(pattern), path: "link", file: "portal.yaml"))
        }
    }

    @Test(arguments: [
        ("https://x.example", true), ("https://a-b.c9.example:8443/en/#/start?x=1&y=%20", true),
        ("https://192.168.1.1/", true), ("https://xn--mller-kva.example", true),
        ("", false), ("https://", false), ("https:///x", false), ("https://localhost", false),
        ("http://x.example", false), ("HTTPS://x.example", false), ("//x.example", false),
        ("javascript:alert(1)", false), ("https://ann@x.example", false),
        ("https://x.example@evil.example", false), ("https://ann:pw@x.example", false),
        ("https://x.example:", false), ("https://x.example:0", false),
        ("https://x.example:70000", false), ("https://x.example:1:2", false),
        ("https://x.example:+80", false), ("https://-x.example", false),
        ("https://x-.example", false),
        ("https://x..example", false), ("https://.x.example", false), ("https://x.example.", false),
        ("https://x.example/ y", false), ("https://x.example/\"onclick", false),
        ("https://x.example/<b>", false), ("https://x.example\\y", false),
        ("https://müller.example", false), ("https://x.example/\n", false),
        ("https://" + String(repeating: "a", count: 64) + ".example", false),
        ("https://x.example/" + String(repeating: "a", count: 500), false),
    ])
    func `an address is checked before anybody is led there`(text: String, isOne: Bool) {
        #expect(PortalAddress.isOne(text) == isOne)
    }
}
