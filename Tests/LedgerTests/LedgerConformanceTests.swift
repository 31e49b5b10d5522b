import Testing
import Validation

@testable import Ledger

/// What every ledger holds, said through the protocol alone.
@Suite struct LedgerConformanceTests {
    typealias Book = LedgerBench.Book

    static let acme = ["", "acme", "ann@acme.example", "Bonn"]
    static let brook = ["", "brook", "bob@brook.example", "Ulm"]

    @Test(arguments: LedgerKind.allCases)
    func `of a portal of which nothing was accepted nothing is known`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let judged = try bench.judge(Book(companies: [Self.acme]))
        #expect(judged.answer.known.records == nil)
        #expect(judged.codes == ["record.unverified"])
        #expect(try bench.ledger.records(bench.plan, in: bench.scope) == nil)
    }

    @Test(arguments: LedgerKind.allCases)
    func `what was accepted is known, and the same again changes nothing`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        let book = Book(companies: [Self.acme, Self.brook])
        #expect(try bench.accept(book) == UploadID(number: 1, attempt: 1))
        #expect(try bench.companies.map(\.first) == ["acme", "brook"])
        let again = try bench.judge(book)
        #expect(again.states == [.unchanged, .unchanged])
        let detail = again.values.verdicts.details.first
        #expect(detail?.arguments["reason"] == "#1.1 book.xlsx (2026-03-02, ann), Companies!A2")
        #expect(try bench.accept(book) == UploadID(number: 1, attempt: 2))
        #expect(try bench.companies.count == 2)
        #expect(try bench.steps(UploadID(number: 1, attempt: 2)) == [])
    }

    /// More than are looked up together, and some left over.
    @Test(arguments: LedgerKind.allCases)
    func `of many rows each finds its record, and records come in their order`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        let names = (0..<300).map { "company \($0)" }
        try bench.adopt(names.map { [$0, "\($0.filter(\.isNumber))@ex.example", ""] })
        let asked = names.dropFirst(50).prefix(201).reversed() + ["new"]
        let rooms = [["", "company 7", "Board"], ["", "company 60", "Lobby"]]
        let judged = try bench.judge(Book(companies: asked.map { ["", $0, "", ""] }, rooms: rooms))
        #expect(judged.states == Array(repeating: .unchanged, count: 201) + [.accepted])
        #expect(judged.values.verdicts.states.last == [.accepted, .accepted])
        let found = judged.answer.known.records?.records(ofSheet: "companies")
        #expect(found?.map { $0.values[0] } == [names[7]] + names[50..<251])
        #expect(found?.first?.origin.hasSuffix("Companies!A9") == true)
    }

    @Test(arguments: LedgerKind.allCases)
    func `an address belongs to whoever had it first, and the other is told`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let judged = try bench.judge(Book(companies: [["", "other", "ANN@acme.example", ""]]))
        #expect(judged.states == [.rejected])
        #expect(judged.codes == ["email.taken"])
        let detail = try #require(judged.values.verdicts.details.first)
        #expect(detail.arguments["record"] == "acme")
        #expect(detail.arguments["reason"]?.hasPrefix("#1.1 book.xlsx (2026-03-02, ann)") == true)
    }

    @Test(arguments: LedgerKind.allCases)
    func `a verdict that rests on what was changed since is not accepted`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        let first = try bench.judge(Book(companies: [Self.acme]))
        let second = try bench.judge(Book(companies: [["", "other", "ann@acme.example", ""]]))
        let won = try bench.attempt(first)
        let lost = try bench.attempt(second)
        #expect(try bench.take(won) != nil)
        #expect(try bench.take(lost) == nil)
        #expect(try bench.companies.count == 1)
        #expect(try bench.ledger.history(of: "one", countMax: 9).count == 1)
    }

    @Test(arguments: LedgerKind.allCases)
    func `what others accept meanwhile does no harm where it is about others`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.adopt([["elm", "eve@elm.example", "Kiel"]])
        let first = try bench.attempt(try bench.judge(Book(companies: [Self.acme])))
        let second = try bench.attempt(try bench.judge(Book(companies: [Self.brook])))
        for attempt in [first, second] {
            #expect(try bench.take(attempt) != nil)
        }
        #expect(try bench.companies.count == 3)
    }

    @Test(arguments: LedgerKind.allCases)
    func `an update says anew what it changes, and no more`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        try bench.accept(Book(companies: [["Update", "acme", "", "Köln"]]))
        #expect(try bench.companies == [["acme", "ann@acme.example", "Köln"]])
        try bench.accept(Book(companies: [["Update", "acme", "(clear)", ""]]))
        #expect(try bench.companies == [["acme", "", "Köln"]])
        // The address is free again.
        #expect(
            try bench.judge(Book(companies: [["", "new", "ann@acme.example", ""]])).states
                == [.accepted])
    }

    @Test(arguments: LedgerKind.allCases)
    func `a row with the id of a record renames it`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let known = try #require(try bench.ledger.records(bench.plan, in: bench.scope))
        let id = try #require(known.records(ofSheet: "companies").first?.id)
        try bench.accept(
            Book(companies: [["", "acme two", "ann@acme.example", "Bonn"]], ids: [id]))
        #expect(try bench.companies.map(\.first) == ["acme two"])
        #expect(
            try bench.judge(Book(companies: [["Update", "acme", "", "x"]])).codes
                == ["record.unknown"])
        let after = try #require(try bench.ledger.records(bench.plan, in: bench.scope))
        #expect(after.records(ofSheet: "companies").first?.id == id)
    }

    @Test(arguments: LedgerKind.allCases)
    func `what was deleted is not known any more, and its name is free`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let deletion = Book(companies: [["Delete", "acme", "", ""]])
        try bench.accept(deletion)
        #expect(try bench.companies == [])
        #expect(try bench.judge(deletion).states == [.unchanged])
        #expect(try bench.judge(Book(companies: [Self.acme])).states == [.accepted])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what a portal refused is given back, its names are free`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme, Self.brook]))
        #expect(try bench.steps(id) == Array(repeating: .ready, count: 4))
        let moved = try bench.move(id, [1: OperationVerdict(.refused, note: "Name in use")])
        // The other step for that row has no ground any more.
        #expect(moved.map(\.state) == [.refused, .refused])
        #expect(moved.map(\.note) == ["Name in use", nil])
        #expect(try bench.companies.map(\.first) == ["brook"])
        let again = try bench.judge(Book(companies: [Self.acme, Self.brook]))
        #expect(again.states == [.accepted, .unchanged])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what is done at the portal stays, whatever else is refused`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        try bench.move(id, [1: OperationVerdict(.done)])
        try bench.move(id, [2: OperationVerdict(.refused, note: "No logo")])
        #expect(try bench.steps(id) == [.done, .refused])
        #expect(try bench.companies.map(\.first) == ["acme"])
        // So it is of the row alone that the step may be done after all.
        #expect(try bench.move(id, [2: OperationVerdict(.done)]).map(\.sequence) == [2])
    }

    @Test(arguments: LedgerKind.allCases)
    func `a refused update gives back what was there before`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let id = try bench.accept(Book(companies: [["Update", "acme", "new@acme.example", ""]]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        #expect(try bench.companies == [["acme", "ann@acme.example", "Bonn"]])
        #expect(
            try bench.judge(Book(companies: [["", "b", "new@acme.example", ""]])).states
                == [.accepted])
    }

    @Test(arguments: LedgerKind.allCases)
    func `a refused deletion leaves the record there`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let id = try bench.accept(Book(companies: [["Delete", "acme", "", ""]]))
        try bench.move(id, [1: OperationVerdict(.refused)])
        #expect(try bench.companies.map(\.first) == ["acme"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `a mail is sent once for an upload, however often it is tried`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        let reset = ["Reset password", "acme", "", ""]
        let first = Book(companies: [reset, ["", "brook", "ann@acme.example", ""]])
        let id = try bench.accept(first)
        // The reseller's own sheet, put right; then the very same file.
        let mended = Book(companies: [reset, Self.brook])
        #expect(try bench.judge(mended).states == [.unchanged, .accepted])
        #expect(try bench.judge(first).states == [.unchanged, .rejected])
        #expect(try bench.judge(first, isForced: true).states == [.accepted, .rejected])
        try bench.move(id, [1: OperationVerdict(.done)])
        #expect(try bench.judge(first, isForced: true).states == [.unchanged, .rejected])
        // A workbook of its own asks anew.
        #expect(try bench.judge(Book(companies: [reset])).states == [.accepted])
    }

    @Test(arguments: LedgerKind.allCases)
    func `rooms are counted with those that are known`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(
            Book(
                companies: [Self.acme],
                rooms: [["", "acme", "Hall"], ["", "acme", "Attic"]]))
        let third = try bench.judge(Book(rooms: [["", "acme", "Cellar"]]))
        #expect(third.codes == ["count.too_many"])
        let lost = try bench.judge(Book(rooms: [["", "nobody", "Hall"]]))
        #expect(lost.codes == ["reference.unknown"])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what adopting comes to is counted, and nothing is taken`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.adopt([["acme", "ann@acme.example", "Bonn"]])
        let before = try bench.companies
        let counts = try bench.adoption(of: [
            ["acme", "ann@acme.example", "Ulm"], ["brook", "", ""], ["", "x@x.example", ""],
        ]).counts
        #expect(counts.first?.added == 1 && counts.first?.changed == 1)
        #expect(counts.first?.same == 0 && counts.first?.nameless == 1)
        #expect(try bench.companies == before)
        #expect(try bench.adopt([["brook", "", ""]]).added == 1)
    }

    @Test(arguments: LedgerKind.allCases)
    func `what somebody agreed to is adopted as long as it comes to the same`(
        _ kind: LedgerKind
    ) throws {
        let bench = try LedgerBench(kind)
        try bench.adopt([["acme", "ann@acme.example", "Bonn"]])
        let list = [["acme", "ann@acme.example", "Ulm"], ["brook", "", ""]]
        let seen = try bench.adoption(of: list).mark
        #expect(try bench.adoption(of: list).mark == seen)
        // As many are changed, and another value is lost.
        try bench.adopt([["acme", "ann@acme.example", "Kiel"]])
        let before = try bench.companies
        #expect(try bench.adopt(list, approved: seen) == nil)
        #expect(try bench.companies == before)
        // What has nothing to do with it changes nothing of it.
        let anew = try bench.adoption(of: list).mark
        #expect(anew != seen)
        try bench.adopt([["elm", "", ""]])
        #expect(try bench.adopt(list, approved: anew)?.all.added == 1)
    }

    @Test(arguments: LedgerKind.allCases)
    func `adopting adds, completes and leaves`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        #expect(try bench.adopt([["acme", "ann@acme.example", "Bonn"]]).added == 1)
        let counts = try bench.adopt([
            ["acme", "ann@acme.example", "Bonn"], ["brook", "", ""], ["", "x@x.example", ""],
        ])
        #expect(counts.added == 1 && counts.same == 1 && counts.nameless == 1)
        #expect(try bench.adopt([["brook", "", "Ulm"]]).changed == 1)
        #expect(try bench.companies.count == 2)
        #expect(try bench.judge(Book(companies: [Self.acme])).states == [.unchanged])
    }

    @Test(arguments: LedgerKind.allCases)
    func `nothing of one reseller is known to another`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme]))
        let other = LedgerBench(sharing: bench, reseller: "two")
        #expect(try other.judge(Book(companies: [Self.acme])).answer.known.records == nil)
        #expect(try other.ledger.history(of: "two", countMax: 9).isEmpty)
        #expect(throws: LedgerError.self) { try other.steps(id) }
        #expect(throws: LedgerError.self) { try other.move(id, [1: OperationVerdict(.done)]) }
        #expect(try other.ledger.places(of: "ann@acme.example", of: "two").isEmpty)
        let known = try #require(try bench.ledger.records(bench.plan, in: bench.scope))
        let record = try #require(known.records(ofSheet: "companies").first?.id)
        try other.adopt([["elm", "", ""]])
        let stolen = try other.judge(
            Book(companies: [["Update", "acme", "", "x"]], ids: [record]))
        #expect(stolen.codes.contains("record.unknown"))
    }

    @Test(arguments: LedgerKind.allCases)
    func `a list is the newest, whole`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        var names = DirectoryBuilder()
        names.add("acme", description: "Acme \t Ltd")
        names.add("brook")
        names.add("acme", description: "Acme North")
        names.add("brook")
        for source in ["old.csv", "new.csv"] {
            try bench.ledger.load(
                RememberedList(
                    directory: "names", source: source, stamp: LedgerBench.stamp,
                    Directory(names)),
                in: bench.scope, by: LedgerBench.stamp)
        }
        let lists = try bench.ledger.lists(in: bench.scope)
        #expect(lists.map(\.source) == ["new.csv"])
        let answer = try bench.judge(Book(companies: [Self.acme])).answer
        let found = try #require(answer.known.directories["names"])
        #expect(found.count == 2)
        #expect(found.lines(0) == ["Acme \t Ltd", "Acme North"])
        #expect(found.lines(1) == ["", ""])
        #expect(answer.lists.map(\.count) == [2])
    }

    @Test(arguments: LedgerKind.allCases)
    func `what is forgotten stands nowhere`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let id = try bench.accept(Book(companies: [Self.acme, Self.brook]))
        try bench.accept(Book(companies: [["Update", "acme", "new@acme.example", ""]]))
        let places = try bench.ledger.forget(
            "Ann@acme.example", of: "one", by: LedgerBench.stamp)
        #expect(places.map(\.kind).contains(.outcome))
        let left = try bench.ledger.places(of: "ann@acme.example", of: "one")
        #expect(left.isEmpty)
        #expect(try bench.companies.map { $0[1] } == ["new@acme.example", "bob@brook.example"])
        // Others are found as before.
        #expect(try bench.judge(Book(companies: [Self.brook])).states == [.unchanged])
        #expect(try bench.steps(id).count == 4)
        let audit = try bench.ledger.audit(of: "one")
        #expect(audit.last?.action == "forget")
        #expect(!audit.contains { $0.object.contains("@") || $0.outcome.contains("@") })
    }

    @Test(arguments: LedgerKind.allCases)
    func `what an upload did can be told, and whether it stands`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.adopt([["elm", "eve@elm.example", "Kiel"]])
        let id = try bench.accept(
            Book(companies: [Self.acme, ["Update", "elm", "", "Köln"], Self.brook]))
        try bench.accept(Book(companies: [["Update", "brook", "", "Trier"]]))
        try bench.move(id, [1: OperationVerdict(.done)])
        let changes = try bench.ledger.changes(by: id, bench.plan, in: bench.scope)
        #expect(changes.map(\.kind) == [.created, .created, .updated])
        #expect(changes.map(\.isChangedSince) == [false, true, false])
        #expect(changes.last?.before == [2: "Kiel"])
        #expect(changes.map(\.rowNumber) == [2, 4, 3])
    }

    @Test(arguments: LedgerKind.allCases)
    func `an outcome under way is known until it is settled`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        let attempt = try bench.attempt(try bench.judge(Book(companies: [Self.acme])))
        #expect(try bench.ledger.pendingOutcomes() == [attempt.outcome])
        _ = try bench.take(attempt)
        #expect(try bench.ledger.pendingOutcomes().map(\.state) == [.accepted])
        try bench.ledger.settle(attempt.outcome)
        #expect(try bench.ledger.pendingOutcomes().isEmpty)
    }

    @Test(arguments: LedgerKind.allCases)
    func `kept files go when their time has come`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        #expect(try bench.ledger.expireFiles(before: "2026-03-02T09:59:59Z", in: nil) == 0)
        #expect(try bench.ledger.expireFiles(before: "2026-03-02T10:00:01Z", in: nil) == 1)
        #expect(try bench.ledger.expireFiles(before: "2026-03-02T10:00:01Z", in: nil) == 0)
        #expect(try bench.companies.count == 1)
    }

    @Test(arguments: LedgerKind.allCases)
    func `the audit carries the hash of all before`(_ kind: LedgerKind) throws {
        let bench = try LedgerBench(kind)
        try bench.accept(Book(companies: [Self.acme]))
        try bench.adopt([["elm", "", ""]])
        let audit = try bench.ledger.audit(of: "one")
        #expect(audit.map(\.action) == ["accept", "adopt"])
        #expect(audit.map(\.object) == ["1.1", "#2"])
        #expect(Set(audit.map(\.hash)).count == 2)
    }
}
