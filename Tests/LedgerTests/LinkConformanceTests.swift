import Portals
import Testing
import Validation

@testable import Ledger

/// Links are there as long as what they join, and come back with what took them away.
struct LinkConformanceTests {
    typealias Book = LedgerBench.Book

    /// Companies that are guests in rooms of others, of one city; who is given a room of their own
    /// may leave.
    private static let yaml = LedgerBench.yaml
        .replacing("{rule: countPerParent, parent: company, maximum: 2}", with: noRepeat)
        .replacing(
            "\noperations:",
            with: """

                  - id: guests
                    title: Guests
                    entity: guest
                    noun: guest
                    key: [company, room, guest]
                    actions: [Link, Unlink, Give personal room]
                    blank: Link
                    unlinks: {action: Give personal room}
                    makes:
                      - when: {action: Give personal room}
                        sheet: rooms
                        values: {company: guest, name: {constant: own}}
                      - when: {action: Give personal room}
                        sheet: guests
                        values: {company: guest, room: {constant: own}, guest: guest, city: city}
                    fields:
                      - {id: company, title: Company, type: text}
                      - id: room
                        title: Room
                        type: text
                        rules: [{rule: references, sheet: rooms, by: [company, room]}]
                      - id: guest
                        title: Guest
                        type: text
                        rules:
                          - {rule: references, sheet: companies}
                          - {rule: sameParent, field: city, in: city, when: {action: Link}}
                      - {id: city, title: City, type: text}
                operations:
                  - {id: bench.link, for: guests, when: {action: Link}, kind: http}
                  - {id: bench.unlink, for: guests, when: {action: Unlink}, kind: http}
                  - {id: bench.give, for: guests, when: {action: Give personal room}, kind: http}
                """)
    private static let noRepeat = "{rule: noRepeat, fields: [company, name]}"

    private static let all = ["acme/board/brook", "acme/hall/brook"]

    private let bench: LedgerBench

    init() throws {
        bench = try LedgerBench(.sqlite, yaml: Self.yaml)
        try bench.accept(
            Book(
                companies: [["", "acme", "", "Bonn"], ["", "brook", "", "Bonn"]],
                rooms: [["", "acme", "board"], ["", "acme", "hall"]],
                desks: [
                    ["", "acme", "board", "brook", "Bonn"], ["", "acme", "hall", "brook", "Bonn"],
                ]))
    }

    private func known(_ sheet: String) throws -> [String] {
        let records = try bench.ledger.records(bench.plan, in: bench.scope)
        return records?.records(ofSheet: sheet).map { record in
            record.values.prefix(sheet == "guests" ? 3 : 2).map { $0 ?? "" }.joined(separator: "/")
        } ?? []
    }

    @Test(arguments: [
        (Book(desks: [["Unlink", "acme", "hall", "brook", ""]]), ["acme/board/brook"]),
        (Book(companies: [["Delete", "brook", "", ""]]), []),
        (Book(companies: [["Update", "brook", "", "Ulm"]]), []),
        (Book(companies: [["Update", "acme", "", "Ulm"]]), all),
        (Book(rooms: [["Delete", "acme", "hall"]]), ["acme/board/brook"]),
        (Book(desks: [["Link", "acme", "board", "acme", "Bonn"]]), all + ["acme/board/acme"]),
        (
            Book(desks: [["Give personal room", "acme", "hall", "brook", "Bonn"]]),
            ["acme/board/brook", "brook/own/brook"]
        ),
    ])
    func `they go with what an upload takes away until it is refused`(
        _ book: Book, _ left: [String]
    ) throws {
        let rooms = try known("rooms")
        #expect(try known("guests") == Self.all)
        let id = try bench.accept(book)
        let given = try known("rooms")
        #expect(try known("guests") == left)
        let steps = try bench.ledger.operations(of: id, of: bench.scope.reseller).map(\.sequence)
        let say = { (state: OperationState) in
            Dictionary(uniqueKeysWithValues: steps.map { ($0, OperationVerdict(state)) })
        }
        try bench.move(id, say(.refused))
        #expect(try known("guests") == Self.all && known("rooms") == rooms)
        try bench.move(id, say(.ready))
        #expect(try known("guests") == left && known("rooms") == given)
    }

    @Test func `they say the new name of what they join`() throws {
        let records = try bench.ledger.records(bench.plan, in: bench.scope)
        var book = Book(companies: [["", "acme two", "", ""]])
        book.ids = [try #require(records?.records(ofSheet: "companies").first?.id)]
        try bench.accept(book)
        #expect(try known("guests") == ["acme two/board/brook", "acme two/hall/brook"])
    }

    @Test(arguments: [[0, 1], [1, 0]])
    func `they come back with the last of what they join`(_ order: [Int]) throws {
        let made = [
            try bench.accept(Book(rooms: [["", "acme", "yard"]])),
            try bench.accept(Book(companies: [["", "cedar", "", "Bonn"]])),
        ]
        try bench.accept(Book(desks: [["", "acme", "yard", "cedar", "Bonn"]]))
        let whole = try known("guests")
        for id in made { try bench.move(id, [1: OperationVerdict(.refused)]) }
        try bench.move(made[order[0]], [1: OperationVerdict(.ready)])
        #expect(try known("guests") == Self.all)
        try bench.move(made[order[1]], [1: OperationVerdict(.ready)])
        #expect(try known("guests") == whole)
    }

    @Test func `who refuses what they join refuses them`() throws {
        let made = try bench.accept(Book(rooms: [["", "acme", "yard"]]))
        let linked = try bench.accept(Book(desks: [["", "acme", "yard", "brook", "Bonn"]]))
        try bench.move(made, [1: OperationVerdict(.refused)])
        #expect(try known("guests") == Self.all)
        #expect(try bench.steps(linked) == [.refused])
    }
}
