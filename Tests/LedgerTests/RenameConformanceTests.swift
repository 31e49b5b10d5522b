import Portals
import Testing
import Validation

@testable import Ledger

/// What says the name of a record says its new one as soon as a rename is accepted, and the former
/// one again when it is taken back.
struct RenameConformanceTests {
    typealias Book = LedgerBench.Book

    /// Companies, their rooms, and the desks in these, which say the names of both.
    private static let yaml = LedgerBench.yaml
        .replacing(
            "data: {email: email, city: city}", with: "data: {name: name, email: email, city: city}"
        )
        .replacing(
            "{rule: countPerParent, parent: company, maximum: 2}",
            with: "{rule: noRepeat, fields: [company, name]}"
        )
        .replacing(
            "\noperations:",
            with: """

                  - id: desks
                    title: Desks
                    entity: desk
                    noun: desk
                    key: [name]
                    actions: [Create, Update, Delete]
                    fields:
                      - {id: company, title: Company, type: text}
                      - id: room
                        title: Room
                        type: text
                        rules: [{rule: references, sheet: rooms, by: [company, room]}]
                      - {id: name, title: Name, type: text}
                operations:
                  - id: bench.desk.update
                    for: desks
                    when: {action: Update}
                    kind: manual
                    data: {company: company, room: room}
                    text: Move it.
                """)

    private static let acme = ["", "acme", "ann@acme.example", "Bonn"]
    private static let brook = ["", "brook", "bob@brook.example", "Ulm"]

    private let bench: LedgerBench

    init() throws {
        bench = try LedgerBench(.sqlite, yaml: Self.yaml)
        try bench.accept(
            Book(
                companies: [Self.acme, Self.brook],
                rooms: [["", "acme", "board"], ["", "brook", "hall"]],
                desks: [["", "acme", "board", "left"], ["", "brook", "hall", "right"]]))
    }

    private func names(_ sheet: String) throws -> [String] {
        let records = try bench.ledger.records(bench.plan, in: bench.scope)
        return records?.records(ofSheet: sheet).map { record in
            record.values.map { $0 ?? "" }.prefix(sheet == "companies" ? 1 : 3)
                .joined(separator: "/")
        } ?? []
    }

    private func id(_ name: String) throws -> String {
        let records = try bench.ledger.records(bench.plan, in: bench.scope)
        return try #require(
            records?.records(ofSheet: "companies").first { $0.values[0] == name }?.id)
    }

    /// Renames companies by their names.
    @discardableResult
    private func rename(_ names: KeyValuePairs<String, String>, _ more: Book = Book()) throws
        -> UploadID
    {
        var book = more
        book.ids = try names.map { try id($0.key) }
        book.companies = names.map { ["", $0.value, "", ""] } + more.companies
        return try bench.accept(book)
    }

    @Test func `rooms and what is in them follow`() throws {
        try rename(["acme": "acme two"])
        #expect(try names("companies") == ["acme two", "brook"])
        #expect(try names("rooms") == ["acme two/board", "brook/hall"])
        #expect(try names("desks") == ["acme two/board/left", "brook/hall/right"])
        // They are found by that, and by nothing else.
        let found = try bench.judge(
            Book(rooms: [["Delete", "acme two", "board"], ["Delete", "acme", "board"]]))
        #expect(found.codes == ["reference.unknown"])
        #expect(found.counts.accepted == 1)
    }

    @Test func `who gets a former name keeps what is theirs`() throws {
        try rename(["acme": "acme two", "brook": "acme"])
        #expect(try names("rooms") == ["acme two/board", "acme/hall"])
        #expect(try names("desks") == ["acme two/board/left", "acme/hall/right"])
    }

    @Test func `two that exchange their names are told`() throws {
        try rename(["acme": "brook", "brook": "acme"])
        #expect(try names("companies") == ["acme", "brook"])
    }

    @Test func `what is new under the former name stays there`() throws {
        try rename(
            ["acme": "acme two"],
            Book(
                companies: [["", "acme", "new@acme.example", ""]],
                rooms: [["", "acme", "attic"], ["", "acme two", "cellar"]],
                desks: [["", "acme", "attic", "high"]]))
        #expect(
            try names("rooms") == ["acme two/board", "brook/hall", "acme/attic", "acme two/cellar"])
        #expect(
            try names("desks") == ["acme two/board/left", "brook/hall/right", "acme/attic/high"])
    }

    /// Of what nobody counts only a rename tells that it is there under the new name.
    @Test func `what is new is put in a room by its new name`() throws {
        try rename(
            ["acme": "acme two"], Book(desks: [["", "acme two", "board", "high"]]))
        #expect(
            try names("desks") == [
                "acme two/board/left", "brook/hall/right", "acme two/board/high",
            ])
    }

    @Test func `a refused rename gives the names back, also to what is new`() throws {
        let id = try rename(
            ["acme": "acme two"], Book(rooms: [["", "acme", "attic"]]))
        #expect(try names("rooms") == ["acme two/board", "brook/hall", "acme two/attic"])
        try bench.move(id, [1: OperationVerdict(.refused, note: "No")])
        #expect(try names("companies") == ["acme", "brook"])
        #expect(try names("rooms") == ["acme/board", "brook/hall", "acme/attic"])
        #expect(try names("desks") == ["acme/board/left", "brook/hall/right"])
    }

    @Test func `what is given back says the names of today`() throws {
        let id = try bench.accept(Book(desks: [["Update", "brook", "hall", "left"]]))
        #expect(try names("desks") == ["brook/hall/left", "brook/hall/right"])
        try rename(["acme": "acme two"])
        try rename(["acme two": "acme three"])
        let steps = try bench.ledger.operations(of: id, of: "one")
        try bench.move(id, [steps[0].sequence: OperationVerdict(.refused, note: "No")])
        #expect(try names("desks") == ["acme three/board/left", "brook/hall/right"])
    }

    @Test func `what follows was not changed by the upload`() throws {
        let first = try #require(try bench.ledger.history(of: "one", countMax: 9).last)
        try rename(["acme": "acme two"])
        let changes = try bench.ledger.changes(by: first.id, bench.plan, in: bench.scope)
        let changed = changes.filter(\.isChangedSince).map(\.values).map(\.first)
        #expect(changed == ["acme two"])
        #expect(changes.map(\.kind) == Array(repeating: .created, count: 6))
    }

    /// A verdict on what is called otherwise by now is no verdict any more.
    @Test func `a verdict that rests on a name is lost with it`() throws {
        let judged = try bench.judge(Book(desks: [["Delete", "acme", "board", "left"]]))
        #expect(judged.counts.accepted == 1)
        try rename(["acme": "acme two"])
        #expect(try bench.take(try bench.attempt(judged)) == nil)
    }

    /// What is moved to a room of a company that a portal refuses, stays where it was.
    @Test func `what was moved to what is refused is where it was`() throws {
        let made = try bench.accept(
            Book(
                companies: [["", "cedar", "cy@cedar.example", ""]], rooms: [["", "cedar", "yard"]])
        )
        let moved = try bench.accept(Book(desks: [["Update", "cedar", "yard", "left"]]))
        #expect(try names("desks") == ["cedar/yard/left", "brook/hall/right"])
        try bench.move(made, [1: OperationVerdict(.refused, note: "Name in use")])
        #expect(try names("desks") == ["acme/board/left", "brook/hall/right"])
        #expect(try bench.steps(moved) == [.refused])
        try bench.move(made, [1: OperationVerdict(.ready)])
        #expect(try names("desks") == ["cedar/yard/left", "brook/hall/right"])
        #expect(try bench.steps(moved) == [.ready])
    }

    /// What says something else of it later does not go with it.
    @Test func `what was said elsewhere of what moved stays`() throws {
        let made = try bench.accept(
            Book(
                companies: [["", "cedar", "cy@cedar.example", ""]], rooms: [["", "cedar", "yard"]])
        )
        try bench.accept(Book(desks: [["Update", "cedar", "yard", "left"]]))
        let back = try bench.accept(Book(desks: [["Update", "brook", "hall", "left"]]))
        try bench.move(made, [1: OperationVerdict(.refused)])
        #expect(try names("desks") == ["brook/hall/left", "brook/hall/right"])
        #expect(try bench.steps(back) == [.ready])
    }
}
