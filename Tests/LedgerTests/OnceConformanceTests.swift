import Testing
import Validation

@testable import Ledger

/// What is done once for many rows changes records too, and is taken back by itself.
struct OnceConformanceTests {
    private typealias Book = LedgerBench.Book

    /// The cities of companies are set by a step that is done once.
    private static let yaml =
        LedgerBench.yaml.replacing("data: {email: email, city: city}", with: "data: {email: email}")
            + """

              - id: bench.cities
                once: true
                kind: manual
                list: {sheet: companies, when: {field: city, filled: true}, fields: [name, city]}
                text: Set the cities.
            """
    private static let acme = LedgerConformanceTests.acme
    private static let bonn: [String?] = ["acme", "ann@acme.example", "Bonn"]
    private static let ulm = ["Update", "acme", "", "Ulm"]
    private static let nowhere: [String?] = ["acme", "ann@acme.example", ""]

    private let bench: LedgerBench
    private let id: UploadID
    private let once: Int
    private let create = 1

    init() throws {
        bench = try LedgerBench(.sqlite, yaml: Self.yaml)
        id = try bench.accept(Book(companies: [Self.acme]))
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        once = try #require(steps.first { $0.sheet == nil }).sequence
    }

    private func say(_ state: OperationState, of step: Int) throws {
        try bench.move(id, [step: OperationVerdict(state)])
    }

    @Test func `it is refused and comes back, and its row stays`() throws {
        for _ in 1...2 {
            try say(.refused, of: once)
            #expect(try bench.companies == [Self.nowhere])
            try say(.ready, of: once)
            #expect(try bench.companies == [Self.bonn])
        }
        let plan = try bench.ledger.refusal(of: [once], in: id, bench.plan, in: bench.scope)
        #expect((plan.rowCount, plan.stepCount, plan.laterCount) == (1, 0, 0))
    }

    @Test(arguments: [true, false])
    func `it and its row come back in any order`(_ isRowFirst: Bool) throws {
        for state in [OperationState.refused, .ready] {
            for step in isRowFirst ? [create, once] : [once, create] { try say(state, of: step) }
        }
        #expect(try bench.companies == [Self.bonn])
        #expect(try Set(bench.steps(id)) == [.ready])
    }

    @Test func `it is issued again with its rows`() throws {
        let again = try bench.accept(Book(companies: [Self.acme]), isForced: true)
        #expect(try Set(bench.steps(id)) == [.takenBack])
        #expect(try bench.steps(again).count == bench.steps(id).count)
        #expect(try bench.companies == [Self.bonn])
    }

    @Test func `a change of a later upload is its own`() throws {
        let later = try bench.accept(Book(companies: [["Update", "acme", "", "Ulm"]]))
        #expect(try bench.steps(later).count == 1)
        // What something else has changed since stays.
        try say(.refused, of: once)
        #expect(try bench.companies.first?.last == "Ulm")
        try bench.move(later, [1: OperationVerdict(.refused)])
        #expect(try bench.companies == [Self.bonn])
    }

    @Test func `it comes back without what changed since`() throws {
        let brook = LedgerConformanceTests.brook
        let id = try bench.accept(
            Book(companies: [brook, ["", "cedar", "c@cedar.example", "Ulm"]]))
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        let once = try #require(steps.first { $0.sheet == nil }).sequence
        try bench.move(id, [once: OperationVerdict(.refused)])
        try bench.accept(Book(companies: [["Update", "cedar", "", "Jena"]]))
        try bench.move(id, [once: OperationVerdict(.ready)])
        #expect(try bench.companies.map(\.last) == ["Bonn", brook[3], "Jena"])
        #expect(try Set(bench.steps(id)) == [.ready])
    }

    @Test func `a row comes back without it where its own can't`() throws {
        let brook: [String?] = ["brook", "b@brook.example", nil]
        let id = try bench.accept(
            Book(companies: [["", "brook", "b@brook.example", ""], Self.ulm]))
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        let takenBack = OperationVerdict(.takenBack)
        try bench.move(
            id, Dictionary(uniqueKeysWithValues: steps.map { ($0.sequence, takenBack) }))
        #expect(try bench.companies == [Self.bonn])
        try bench.accept(Book(companies: [["Update", "acme", "", "Jena"]]))
        let row = try #require(steps.first { $0.sheet != nil }).sequence
        try bench.move(id, [row: OperationVerdict(.ready)])
        #expect(try bench.companies == [["acme", "ann@acme.example", "Jena"], brook])
        let after = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        #expect(after.map(\.state) == after.map { $0.sheet == nil ? .takenBack : .ready })
    }

    @Test func `it comes with its row as far as it was`() throws {
        try say(.handedOver, of: once)
        let takenBack = OperationVerdict(.takenBack)
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller).map(\.sequence)
        try bench.move(id, Dictionary(uniqueKeysWithValues: steps.map { ($0, takenBack) }))
        try say(.ready, of: create)
        #expect(try bench.steps(id).last == .handedOver)
        #expect(try bench.companies == [Self.bonn])
    }

    @Test func `what is to be done of it is told with what was done`() throws {
        try say(.done, of: once)
        let changes = try bench.ledger.changes(by: id, bench.plan, in: bench.scope)
        #expect(changes.map(\.step) == [nil, once])
        #expect(changes.map(\.isDone) == [false, true])
    }
}
