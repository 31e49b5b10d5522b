import Testing

@testable import Ledger

/// Settings that hold without being said.
struct SettingsConformanceTests {
    @Test(arguments: LedgerKind.allCases)
    func `settings are the newest, of each portal, of one reseller`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        func settings(_ portal: String, _ text: String) -> RememberedSettings {
            RememberedSettings(
                portal: portal, source: "s.yaml", stamp: LedgerBench.stamp, text: text,
                sha256: text)
        }
        for each in [
            settings("b", "x: 1"), settings("a", "y: 1\nz: ä"), settings("b", "x: 2"),
        ] {
            try bench.ledger.load(each, of: "one")
        }
        #expect(
            try bench.ledger.settings(of: "one")
                == [settings("a", "y: 1\nz: ä"), settings("b", "x: 2")])
        #expect(try bench.ledger.settings(of: "two").isEmpty)
        #expect(try Set(bench.ledger.audit(of: "one").map(\.object)) == ["settings"])
    }
}
