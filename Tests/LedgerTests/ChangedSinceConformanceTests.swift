import Ledger
import Testing

/// Of a change that is taken back, the fields stay that something else has changed since.
struct ChangedSinceConformanceTests {
    private typealias Book = LedgerBench.Book

    private static let acme: [String] = ["", "acme", "ann@acme.example", "Bonn"]

    /// What two later uploads say of a customer, and what it says once the first one is refused,
    /// then done again, then the second one refused.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let first, second: [String]
        let refused, again, alone: [String]
    }

    private static let cases = [
        Case(
            testDescription: "other fields",
            first: ["Update", "acme", "new@acme.example", ""],
            second: ["Update", "acme", "", "Ulm"],
            refused: ["acme", "ann@acme.example", "Ulm"],
            again: ["acme", "new@acme.example", "Ulm"],
            alone: ["acme", "new@acme.example", "Bonn"]),
        Case(
            testDescription: "one of the fields",
            first: ["Update", "acme", "new@acme.example", "Jena"],
            second: ["Update", "acme", "", "Ulm"],
            refused: ["acme", "ann@acme.example", "Ulm"],
            again: ["acme", "new@acme.example", "Ulm"],
            alone: ["acme", "new@acme.example", "Jena"]),
        Case(
            testDescription: "all of the fields",
            first: ["Update", "acme", "", "Jena"], second: ["Update", "acme", "", "Ulm"],
            refused: ["acme", "ann@acme.example", "Ulm"],
            again: ["acme", "ann@acme.example", "Ulm"],
            alone: ["acme", "ann@acme.example", "Jena"]),
    ]

    @Test(arguments: LedgerKind.allCases, cases)
    func `what is refused goes as far as nothing else changed it`(
        _ kind: LedgerKind, _ one: Case
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let first = try bench.accept(Book(companies: [one.first]))
        let second = try bench.accept(Book(companies: [one.second]))
        try bench.move(first, [1: OperationVerdict(.refused)])
        #expect(try bench.companies == [one.refused])
        try bench.move(first, [1: OperationVerdict(.ready)])
        #expect(try bench.companies == [one.again])
        try bench.move(second, [1: OperationVerdict(.refused)])
        #expect(try bench.companies == [one.alone])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what was refused can be done again beside another change`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let first = try bench.accept(Book(companies: [["Update", "acme", "new@acme.example", ""]]))
        try bench.move(first, [1: OperationVerdict(.refused)])
        try bench.accept(Book(companies: [["Update", "acme", "", "Ulm"]]))
        try bench.move(first, [1: OperationVerdict(.ready)])
        #expect(try bench.companies == [["acme", "new@acme.example", "Ulm"]])
    }

    @Test(arguments: LedgerKind.allCases)
    func `a change comes in two where a part of it was changed since`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let made = try bench.accept(Book(companies: [Self.acme]))
        let first = try bench.accept(
            Book(companies: [["Update", "acme", "new@acme.example", "Jena"]]))
        let second = try bench.accept(Book(companies: [["Update", "acme", "", "Ulm"]]))
        let changes = { id in try bench.ledger.changes(by: id, bench.plan, in: bench.scope) }
        #expect(try changes(first).map(\.isChangedSince) == [true, false])
        #expect(try changes(first).map(\.before) == [[2: "Bonn"], [1: "ann@acme.example"]])
        #expect(try changes(made).map(\.isChangedSince) == [true])
        // What is refused changed nothing.
        try bench.move(second, [1: OperationVerdict(.refused)])
        #expect(try changes(first).map(\.isChangedSince) == [false])
        try bench.move(first, [1: OperationVerdict(.refused)])
        #expect(try changes(made).map(\.isChangedSince) == [false])
    }
}
