import Testing
import Validation

@testable import Ledger

/// What is issued again, and what goes with what was refused.
struct ReissueConformanceTests {
    private typealias Book = LedgerBench.Book

    @Test(arguments: LedgerKind.allCases)
    func `steps that are ready are issued again where somebody insists`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let book = Book(companies: [LedgerConformanceTests.acme, LedgerConformanceTests.brook])
        let first = try bench.accept(book)
        #expect(try bench.judge(book).states == [.unchanged, .unchanged])
        let second = try bench.accept(book, isForced: true)
        #expect(second == UploadID(number: first.number, attempt: 2))
        #expect(try Set(bench.steps(first)) == [.takenBack])
        let notes = try bench.ledger.operations(of: first, of: bench.scope.reseller).map(\.note)
        #expect(Set(notes) == ["#\(second)"])
        #expect(try bench.steps(second).count == bench.steps(first).count)
        #expect(try Set(bench.steps(second)) == [.ready])
        #expect(try bench.companies.map(\.first) == ["acme", "brook"])
        // Without a word it changes nothing.
        #expect(try bench.judge(book).states == [.unchanged, .unchanged])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what somebody has seen to is not issued again`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let book = Book(companies: [LedgerConformanceTests.acme, LedgerConformanceTests.brook])
        let first = try bench.accept(book)
        let steps = try bench.ledger.operations(of: first, of: bench.scope.reseller)
        let ofAcme = try #require(steps.first { $0.rowNumber == 2 })
        // One who is just being asked for notices.
        let late = try bench.attempt(try bench.judge(book, isForced: true))
        try bench.move(first, [ofAcme.sequence: OperationVerdict(.done)])
        #expect(try bench.take(late) == nil)
        try bench.ledger.settle(late.outcome)
        #expect(try bench.judge(book, isForced: true).states == [.unchanged, .accepted])
        try bench.accept(book, isForced: true)
        #expect(
            try bench.steps(first)
                == steps.map { step in
                    if step.sequence == ofAcme.sequence { return .done }
                    return step.rowNumber == 2 ? .ready : .takenBack
                })
    }

    @Test(arguments: LedgerKind.allCases)
    func `an update issued again is refused to what was there before`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [LedgerConformanceTests.acme]))
        let book = Book(companies: [["Update", "acme", "new@acme.example", ""]])
        try bench.accept(book)
        let again = try bench.accept(book, isForced: true)
        #expect(try bench.companies == [["acme", "new@acme.example", "Bonn"]])
        try bench.move(again, [1: OperationVerdict(.refused)])
        #expect(try bench.companies == [["acme", "ann@acme.example", "Bonn"]])
    }

    @Test(arguments: LedgerKind.allCases)
    func `with what a portal refused goes what rests on it`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let whole = Book(companies: [LedgerConformanceTests.acme], rooms: [["", "acme", "Hall"]])
        let first = try bench.accept(whole)
        let later = try bench.accept(Book(rooms: [["", "acme", "Attic"]]))
        let update = try bench.accept(Book(companies: [["Update", "acme", "", "Ulm"]]))
        try bench.move(first, [1: OperationVerdict(.refused, note: "Name in use")])
        for id in [first, later, update] { #expect(try Set(bench.steps(id)) == [.refused]) }
        let words = try bench.ledger.operations(of: later, of: bench.scope.reseller).map(\.note)
        #expect(words == ["acme: Name in use"])
        let known = try bench.ledger.records(bench.plan, in: bench.scope)
        #expect(known?.count == 0)
        #expect(try bench.judge(whole).states == [.accepted])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what a portal did stays, whatever it rests on`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let first = try bench.accept(Book(companies: [LedgerConformanceTests.acme]))
        let later = try bench.accept(Book(rooms: [["", "acme", "Attic"]]))
        try bench.move(later, [1: OperationVerdict(.done)])
        try bench.move(first, [1: OperationVerdict(.refused)])
        #expect(try bench.steps(later) == [.done])
        let known = try bench.ledger.records(bench.plan, in: bench.scope)
        #expect(known?.records(ofSheet: "rooms").map { $0.values[1] } == ["Attic"])
    }
}
