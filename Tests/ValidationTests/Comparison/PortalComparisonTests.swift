import Portals
import Spreadsheet
import Testing

@testable import Validation

/// A portal's list against names, known customers and an invoice.
struct PortalComparisonTests {
    private static let yaml = """
        portal: sample
        version: 1
        title: Sample
        settings:
          platform: One
          packages:
            - {name: Free, paid: false, price: null, currency: null, per: null}
            - {name: Gold, paid: true, price: "9.50", currency: EUR, per: month}
            - {name: Blue, paid: true, price: null, currency: EUR, per: month}
        directories: {domains: {title: Domains}}
        sheets:
          - id: customers
            title: Customers
            entity: company
            key: [name]
            fields:
              - id: name
                title: Name
                type: text
                rules: [{rule: inDirectory, directory: domains}]
              - {id: reference, title: Reference, type: text, rules: [{rule: equals, field: name}]}
              - id: platform
                title: Platform
                type: choice
                choices: {setting: platform}
                rules: [{rule: required}]
              - id: package
                title: Package
                type: choice
                choices: {setting: packages}
                rules: [{rule: charge, setting: packages}]
        compare: {sheet: customers, reference: reference, invoice: {name: Customer}}
        """

    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var list: [[String?]]
        var names: [String]?
        var known: [[String?]]?
        var invoice: [[String?]]?
        var expected: [String]

        init(
            _ description: String, _ list: [[String?]], names: [String]? = nil,
            known: [[String?]]? = nil, invoice: [[String?]]? = nil, _ expected: [String]
        ) {
            testDescription = description
            self.list = list
            self.names = names
            self.known = known
            self.invoice = invoice
            self.expected = expected
        }
    }

    private static let acme = ["acme", "acme", "One", "Gold"]

    @Test(arguments: [
        Case(
            "all is as it must be", [acme], names: ["acme"], known: [acme], invoice: [["acme"]],
            []),
        Case("nothing handed in, nothing said", [["acme", nil, nil, nil]], []),
        Case("no domain", [acme], names: [], ["no_domain acme 9.50"]),
        Case("no domain, free", [["acme", nil, nil, "Free"]], names: [], ["no_domain acme -"]),
        Case("no price", [["acme", nil, nil, "Blue"]], names: [], ["no_domain acme ?"]),
        Case("case differs", [["Acme", nil, nil, nil]], names: ["acme"], ["name_differs Acme -"]),
        Case(
            "a space too many", [["ac me", nil, nil, nil]], names: ["acme"],
            ["name_differs ac me -"]),
        Case(
            "the name itself before one that differs by case", [["Acme", nil, nil, nil]],
            names: ["acme", "Acme"], ["no_company acme -"]),
        Case("no company", [acme], names: ["acme", "birch"], ["no_company birch -"]),
        Case("another reference", [["acme", "a", "One", "Gold"]], ["must_equal acme 9.50"]),
        Case("no reference", [["acme", "", "One", "Gold"]], ["must_equal acme 9.50"]),
        Case(
            "a reference like the name to be", [["Acme", "acme", nil, nil]], names: ["acme"],
            ["name_differs Acme -"]),
        Case(
            "a reference like the name that is wrong", [["Acme", "Acme", nil, nil]],
            names: ["acme"], ["name_differs Acme -"]),
        Case("another platform", [["acme", "acme", "Two", "Free"]], ["not_a_choice acme -"]),
        Case(
            "another package", [acme], known: [["acme", nil, nil, "Free"]],
            ["other_package acme 9.50"]),
        Case(
            "no package", [["acme", nil, nil, ""]], known: [acme], ["other_package acme -"]),
        Case("a package nobody ordered", [acme], known: [["ACME", nil, nil, nil]], []),
        Case("the same package in other letters", [acme], known: [["acme", nil, nil, "gold"]], []),
        Case("not arrived", [], known: [acme], ["not_arrived acme -"]),
        Case(
            "not arrived is not told of its domain too", [], names: ["acme"], known: [acme],
            ["not_arrived acme -"]),
        Case(
            "billed, not there", [acme], invoice: [["birch", nil, "Gold", "12,00 €"]],
            ["billed_not_there birch 12.00"]),
        Case("billed by its reference", [acme], invoice: [["", "ACME", "Gold", "12"]], []),
        Case(
            "billed, not known", [acme], known: [], invoice: [["acme", nil, nil, nil]],
            ["billed_not_known acme -"]),
        Case(
            "what is billed is what it costs", [["acme", "a", "One", "Gold"]],
            invoice: [["acme", nil, nil, "4"], ["acme", nil, nil, "0.5"]],
            ["must_equal acme 4.5"]),
        Case(
            "two with one name", [["acme", nil, nil, nil], ["Acme", nil, nil, nil]],
            names: ["acme"], ["name_differs Acme -"]),
        Case(
            "the most expensive first, then what nobody knows the price of",
            [
                ["free", nil, nil, "Free"], ["blue", nil, nil, "Blue"], ["gold", nil, nil, "Gold"],
                ["more", nil, nil, "Gold"],
            ], names: [], invoice: [["more", nil, nil, "10"], ["gold", nil, nil, "9.500"]],
            ["no_domain more 10", "no_domain gold 9.500", "no_domain blue ?", "no_domain free -"]),
    ])
    func `what differs is told once`(_ test: Case) throws {
        let told = try Self.differences(test).all.map { difference in
            let name = difference.kind == .noCompany ? difference.domain : difference.name
            let price = difference.price.map { $0.amount ?? "?" } ?? "-"
            return "\(difference.kind.rawValue) \(name) \(price)"
        }
        #expect(told == test.expected)
    }

    @Test func `a customer counts once in the sum, and no price is never nothing`() throws {
        let differences = try Self.differences(
            Case(
                "",
                [
                    ["acme", "a", "Two", "Gold"], ["birch", "b", "Two", "Gold"],
                    ["cedar", "c", "Two", "Blue"], ["dune", "d", "Two", "Free"],
                ], invoice: [["birch", nil, nil, "0.05"]], []))
        #expect(differences.all.count == 8)
        #expect(differences.sums == [Price(amount: "9.55", currency: "EUR", period: "month")])
        #expect(differences.unknownPriceCount == 1)
    }

    @Test func `many are compared without going through all for each`() throws {
        let names = (0..<20_000).map { "name\($0)" }
        let list = names.map { [$0, $0, "One", "Gold"] as [String?] }
        let differences = try Self.differences(
            Case("", list, names: names, known: list, invoice: list, []))
        #expect(differences.all.isEmpty)
    }

    private static func differences(_ test: Case) throws -> Differences {
        let definition = try Definitions.decode(yaml: yaml, file: "sample.yaml")
        func records(_ rows: [[String?]], _ name: String) -> [KnownRecord] {
            rows.enumerated().map { index, row in
                let values = row + Array(repeating: nil, count: max(0, 4 - row.count))
                return KnownRecord(values: values, origin: "\(name) \(index)")
            }
        }
        var sources = PortalComparison.Sources(list: records(test.list, "list"))
        if let names = test.names {
            var directory = DirectoryBuilder()
            for name in names { directory.add(name) }
            sources.directory = Directory(directory)
        }
        sources.known = test.known.map { records($0, "known") }
        sources.invoice = test.invoice.map { records($0, "invoice") }
        return PortalComparison.differences(
            sources, sheet: definition.sheets[0], of: definition, settings: definition.settings,
            today: try #require(CivilDate(year: 2026, month: 1, day: 5)))
    }
}
