import Catalogue
import Portals
import Testing
import Validation

@testable import Provisioning

struct EffectsTests {
    @Test func `effects count what is added, what it costs and the mail it sends`() throws {
        let effects = try Bench.plan([
            ["", "acme", "", "", "Gold"], ["", "birch", "", "", "Gold"],
            ["", "cafe", "", "", "Free"], ["", "dent", "", "", "Silver"],
            ["", "elm", "", "", "Platinum"], ["", "fox", "", "", "Gold"],
            ["", "gum", "not an address", "", "Gold"], ["Delete", "hay"],
            ["Invite", "ivy", "i@ivy.example"], ["Update", "jam", "j@jam.example"],
        ]).effects
        #expect(effects.added == 6)
        #expect(effects.updated == 1)
        #expect(effects.deleted == 1)
        #expect(
            effects.changes == [
                ChangeCount(sheet: "companies", action: .create, count: 6),
                ChangeCount(sheet: "companies", action: .update, count: 1),
                ChangeCount(sheet: "companies", action: .delete, count: 1),
            ])
        #expect(
            effects.paid == [
                PaidPackage(
                    name: "Gold", count: 3, price: "12.50", currency: "GBP", period: "month",
                    sum: "37.50"),
                PaidPackage(
                    name: "Silver", count: 1, price: nil, currency: nil, period: nil, sum: nil),
                PaidPackage(
                    name: "Platinum", count: 1, price: nil, currency: nil, period: nil, sum: nil),
            ])
        #expect(effects.paidCount == 5)
        #expect(effects.mails == [MailCount(kind: "bench.invite", count: 1)])
        #expect(effects.trials == [])
    }

    /// What the `charge` rule warns of is what is counted.
    @Test func `a charge counts where the rule says so`() throws {
        let records = Bench.records([
            ["acme", "", "acme", "Free"], ["birch", "", "birch", "Gold"],
            ["cafe", "", "cafe", "Gold"],
        ])
        let values = try Bench.values(
            [
                Bench.Sheet(rows: [
                    ["Update", "acme", "a@b.example", "", "Gold"],
                    ["Update", "birch", "b@b.example", "", "Gold"],
                    ["Update", "cafe", "", "", "(clear)"], ["", "dent", "", "", "Gold"],
                ])
            ], records: records)
        let warned = values.verdicts.findings.filter { $0.code == .chargeApplies }
        let told = warned.compactMap { values.verdicts.detail(of: $0)?.relatedCount }
        #expect(told == [2])
        #expect(try Bench.plan(values).effects.paidCount == 2)
    }

    /// Today is 2026-01-31.
    @Test(arguments: [
        ("[{name: Gold, price: 9, validFrom: 2026-02-01}, {name: Gold, price: 8}]", "8", nil),
        ("[{name: Gold, price: 8}, {name: Gold, price: 9, validFrom: 2026-01-31}]", "9", nil),
        (
            "[{name: Gold, price: 9, validFrom: 2025-01-01}, {name: Gold, price: 7}, "
                + "{name: Gold, price: 10, validFrom: 2026-01-01}]", "10", nil
        ),
        ("[{name: Gold, price: 9, validFrom: 2026-02-01}]", "9", "2026-02-01"),
        ("[{name: Gold, price: 9, validFrom: null}]", "9", nil),
    ])
    func `of several prices the one counts that is in force`(
        list: String, price: String, validFrom: String?
    ) throws {
        let yaml = Bench.yaml.replacing(/packages:\n( +- .*\n)+/, with: "packages: \(list)\n")
        let definition = try Definitions.decode(yaml: yaml, file: "bench.yaml")
        let values = try Bench.values(
            [Bench.Sheet(rows: [["", "acme", "", "", "Gold"]])], of: definition)
        let paid = try Bench.plan(values).effects.paid
        #expect(paid.map(\.price) == [price])
        #expect(paid.map(\.validFrom) == [validFrom])
        let told = values.verdicts.findings.filter { $0.code == .chargeApplies }
            .compactMap { values.verdicts.detail(of: $0)?.arguments["date"] }
        #expect(told == [validFrom].compactMap(\.self))
        #expect(definition.settings.names("packages") == ["Gold"])
    }

    @Test(arguments: [
        ("12.50", 3, "37.50"), ("0.1", 3, "0.3"), ("0.10", 10, "1.00"), ("7", 1_000, "7000"),
        ("99999999999999999999.99", 100, "9999999999999999999999.00"), ("0.01", 0, "0.00"),
        ("007", 2, "14"), ("0", 5, "0"), ("19.99", 1_000_000, "19990000.00"),
    ])
    func `sums are exact`(price: String, count: Int, sum: String) {
        #expect(DecimalText(price)?.times(count) == sum)
    }

    @Test(arguments: ["", ".", "1.", ".5", "1,50", "-1", "1e3", " 1", "£5", "1.2.3"])
    func `what is no price has no sum`(price: String) {
        #expect(DecimalText(price) == nil)
    }

    @Test(arguments: [(nil, true), (2, true), (4, true), (3, false)])
    func `charges are held unless exactly so many are accepted`(
        accepted: Int?, isHeld: Bool
    ) throws {
        let plan = try Bench.plan(
            ["acme", "birch", "cafe"].map { ["", $0, "", "", "Gold"] }, acceptedCharges: accepted)
        var writer = BatchWriter(to: MemorySink())
        let files = try writer.write(plan)
        let lines = try writer.sink.lines.flatMap(\.self).map(JSONLine.init)
        let held = lines.filter { $0.text("held") == "charges" }.map(\.id)
        #expect(held == (isHeld ? ["bench.packages"] : []))
        #expect(files.map(\.heldCount) == [held.count])
        let mark = "(wait until the charges are accepted)"
        #expect(Checklist(plan).text.contains(mark) == isHeld)
    }

    @Test func `what is free is never held`() throws {
        let plan = try Bench.plan([["", "acme", "", "", "Free"]])
        #expect(!plan.holdsCharges)
        #expect(try plan.lines().contains { $0.contains("\"bench.packages\"") })
        #expect(try !plan.lines().contains { $0.contains("\"held\"") })
    }
}
