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
        #expect(link.address { $0 == "a" ? value : nil } == address)
    }
}
