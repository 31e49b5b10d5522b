import Testing
import Validation

@testable import Ledger

/// A refusal is taken back: what the row did to records is done again, or nothing is.
struct TakingBackConformanceTests {
    private typealias Book = LedgerBench.Book
    private static let (acme, brook) = (LedgerConformanceTests.acme, LedgerConformanceTests.brook)

    @Test(arguments: LedgerKind.allCases)
    func `a record is there again, with all steps of its row`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme, Self.brook]))
        try bench.move(id, [1: OperationVerdict(.refused, note: "Name in use")])
        let moved = try bench.move(id, [1: OperationVerdict(.ready)])
        #expect(moved.map(\.state) == [.ready, .ready])
        #expect(moved.map(\.note) == [nil, nil])
        #expect(try bench.companies.map(\.first) == ["acme", "brook"])
        #expect(try bench.judge(Book(companies: [Self.acme])).states == [.unchanged])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what was refused may turn out to be done`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        try bench.move(id, [2: OperationVerdict(.done)])
        #expect(try bench.steps(id) == [.ready, .done])
        #expect(try bench.companies.map(\.first) == ["acme"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `an update says again what it said`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let id = try bench.accept(Book(companies: [["Update", "acme", "new@acme.example", ""]]))
        for _ in 1...2 {
            try bench.move(id, [1: OperationVerdict(.refused)])
            #expect(try bench.companies == [["acme", "ann@acme.example", "Bonn"]])
            try bench.move(id, [1: OperationVerdict(.ready)])
            #expect(try bench.companies == [["acme", "new@acme.example", "Bonn"]])
        }
    }

    @Test(arguments: LedgerKind.allCases)
    func `a deletion deletes again, unless something rests on the record`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let id = try bench.accept(Book(companies: [["Delete", "acme", "", ""]]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        try bench.move(id, [1: OperationVerdict(.ready)])
        #expect(try bench.companies == [])
        try bench.move(id, [1: OperationVerdict(.refused)])
        try bench.accept(Book(rooms: [["", "acme", "Hall"]]))
        #expect(throws: SupersededRow.self) { try bench.move(id, [1: OperationVerdict(.ready)]) }
        #expect(try bench.companies.map(\.first) == ["acme"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what rested on it comes after it`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(
            Book(companies: [Self.acme], rooms: [["", "acme", "Hall"]]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        #expect(Set(steps.map(\.state)) == [.refused])
        let room = try #require(steps.first { $0.sheet == "rooms" }).sequence
        // Its company is not there.
        #expect(throws: SupersededRow.self) {
            try bench.move(id, [room: OperationVerdict(.ready)])
        }
        let ready = Dictionary(
            uniqueKeysWithValues: steps.map { ($0.sequence, OperationVerdict(.ready)) })
        #expect(try bench.move(id, ready).count == 3)
        let known = try bench.ledger.records(bench.plan, in: bench.scope)
        #expect(known?.records(ofSheet: "rooms").map { $0.values[1] } == ["Hall"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what fell with it is as far as it was, and comes back by itself`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        let later = try bench.accept(Book(rooms: [["", "acme", "Hall"]]))
        try bench.move(id, [2: OperationVerdict(.handedOver, note: "Ann is at it")])
        try bench.move(later, [1: OperationVerdict(.unknown)])
        try bench.move(id, [1: OperationVerdict(.refused)])
        #expect(try bench.steps(id) + bench.steps(later) == [.refused, .refused, .refused])
        let moved = try bench.move(id, [1: OperationVerdict(.ready)])
        #expect(moved.map(\.note) == [nil, "Ann is at it"])
        #expect(try bench.steps(id) + bench.steps(later) == [.ready, .handedOver, .unknown])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what stands beside it may have come later`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let id = try bench.accept(Book(rooms: [["", "acme", "Hall"]]))
        try bench.accept(Book(rooms: [["", "acme", "Board"]]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        try bench.move(id, [1: OperationVerdict(.ready)])
        let known = try bench.ledger.records(bench.plan, in: bench.scope)
        #expect(known?.records(ofSheet: "rooms").map { $0.values[1] } == ["Hall", "Board"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `nothing is taken back once something else has its place`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme, Self.brook]))
        try bench.move(id, [1: OperationVerdict(.refused), 2: OperationVerdict(.refused)])
        try bench.accept(Book(companies: [Self.acme]))
        #expect(throws: SupersededRow(sheet: "companies", rowNumber: 2)) {
            try bench.move(id, [1: OperationVerdict(.ready), 2: OperationVerdict(.ready)])
        }
        #expect(try Set(bench.steps(id)) == [.refused])
        #expect(try bench.companies.map(\.first) == ["acme"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `an address that somebody else has by now is not given twice`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        try bench.accept(Book(companies: [["", "other", "ann@acme.example", ""]]))
        #expect(throws: SupersededRow.self) { try bench.move(id, [1: OperationVerdict(.ready)]) }
    }

    @Test(arguments: LedgerKind.allCases)
    func `who said it and when is remembered until it is taken back`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        let needless = try bench.move(id, [1: OperationVerdict(.notNeeded, note: "is there")])
        #expect(needless.map(\.stamp) == [LedgerBench.stamp])
        #expect(try bench.steps(id) == [.notNeeded, .ready])
        // What is there already stays, whatever else is refused.
        try bench.move(id, [2: OperationVerdict(.refused)])
        #expect(try bench.companies.map(\.first) == ["acme"])
        #expect(try bench.move(id, [1: OperationVerdict(.ready)]).map(\.stamp) == [nil])
    }

    @Test(arguments: [[1], [1, 2]], LedgerKind.allCases)
    func `what was done before it was refused is done again`(
        _ done: [Int], _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        for step in done { try bench.move(id, [step: OperationVerdict(.done, note: "by Ann")]) }
        let before = try bench.ledger.operations(of: id, of: bench.scope.reseller)
        for _ in 1...2 {
            try bench.move(id, [1: OperationVerdict(.refused, note: "Name in use")])
            #expect(try bench.companies.isEmpty == (done == [1]))
            try bench.move(id, [1: OperationVerdict(.ready)])
            #expect(try bench.ledger.operations(of: id, of: bench.scope.reseller) == before)
        }
        let told = try bench.ledger.audit(of: bench.scope.reseller).last?.outcome
        #expect(told == "done=0 refused=0 doneAgain=1" + (done == [1] ? " openAgain=1" : ""))
        // What is done can still be opened.
        try bench.move(id, [1: OperationVerdict(.ready)])
        #expect(try bench.steps(id).first == .ready)
    }
}
