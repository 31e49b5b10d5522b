import GRDB
import Portals
import Testing
import Validation

@testable import Ledger

/// What is known of customers, to look at.
@Suite struct RecordMemoryTests {
    typealias Book = LedgerBench.Book

    /// Its folder goes with it.
    private let bench: LedgerBench
    private let memory: any RecordMemory

    init() throws {
        bench = try LedgerBench(.sqlite)
        memory = try #require(bench.ledger as? any RecordMemory)
    }

    private func find(
        sheet: Int = 0, _ change: (inout RecordQuery) -> Void = { _ in }
    ) throws -> RecordPage {
        var query = RecordQuery(bench.plan.definition.sheets[sheet])
        query.countsChildren = true
        change(&query)
        return try memory.records(query, of: bench.plan.definition, in: bench.scope)
    }

    private func names(_ page: RecordPage) -> [String?] { page.entries.map { $0.values[0] } }

    private static let three = Book(
        companies: [
            ["", "Brook", "bob@brook.example", "Ulm"], ["", "acme", "ann@acme.example", "Bonn"],
            ["", "Ödland", "oda@oe.example", ""],
        ],
        rooms: [["", "acme", "Board"], ["", "ACME", "Lobby"]])

    @Test func `a page has the newest first, or goes by name, and counts all`() throws {
        #expect(try find() == RecordPage())
        try bench.accept(Self.three)
        #expect(names(try find()) == ["Ödland", "acme", "Brook"])
        #expect(names(try find { $0.order = .name }) == ["acme", "Brook", "Ödland"])
        let second = try find {
            $0.order = .name
            $0.first = 1
            $0.countMax = 1
        }
        #expect(names(second) == ["Brook"])
        #expect(second.count == 3 && !second.hasMore)
        #expect(try memory.recordCounts(in: bench.scope) == ["companies": 3, "rooms": 2])
    }

    @Test(arguments: [
        ("ACME", ["acme"]), ("ödl", ["Ödland"]), ("ÖDL", ["Ödland"]), ("bob@", ["Brook"]),
        ("%", []), ("_", []), ("!", []), ("\\", []), ("name", []), ("city", []),
        ("e", ["Ödland", "acme", "Brook"]),
        ("=", []), ("city=", []), ("=b", []),
        (".example", ["Ödland", "acme", "Brook"]), ("ac_e", []), ("' OR 1", []),
    ])
    func `words are looked for in values, as they stand`(
        _ words: String, _ expected: [String]
    ) throws {
        try bench.accept(Self.three)
        let page = try find { $0.words = words }
        #expect(names(page) == expected)
        #expect(page.count == expected.count)
        let sorted = try find {
            $0.words = words
            $0.order = .name
        }
        #expect(sorted.entries.count == expected.count)
    }

    @Test func `signs with a meaning in patterns are found as themselves`() throws {
        try bench.adopt([["100% a_b!c\\d", "", ""], ["plain", "", ""]])
        for words in ["100%", "a_b", "b!c", "c\\d", "% a_"] {
            #expect(try find { $0.words = words }.count == 1, "\(words)")
        }
    }

    @Test func `what waits, is there or was refused is told by its steps`() throws {
        try bench.adopt([["old", "", ""]])
        let id = try bench.accept(Self.three)
        func standing(_ standing: RecordStanding) throws -> [String?] {
            names(try find { $0.standing = standing })
        }
        #expect(try standing(.waiting) == ["Ödland", "acme", "Brook"])
        #expect(try standing(.there) == ["old"])
        let steps = try bench.ledger.operations(of: id, of: "one")
        func sequences(ofRow row: Int) throws -> (first: Int, last: Int) {
            let own = steps.filter { $0.rowNumber == row && $0.sheet == "companies" }
            return try (#require(own.first?.sequence), #require(own.last?.sequence))
        }
        let (brook, oedland) = try (sequences(ofRow: 2), sequences(ofRow: 4))
        try bench.move(id, [brook.first: OperationVerdict(.done)])
        #expect(try standing(.waiting) == ["Ödland", "acme", "Brook"])
        try bench.move(id, [brook.last: OperationVerdict(.done)])
        #expect(try standing(.waiting) == ["Ödland", "acme"])
        #expect(try standing(.there) == ["Brook", "old"])
        try bench.move(id, [oedland.first: OperationVerdict(.refused, note: "No.")])
        #expect(try standing(.refused) == ["Ödland"])
        #expect(names(try find()) == ["acme", "Brook", "old"])
        #expect(try find { $0.standing = .there }.entries.map(\.standing) == [.there, .there])
        // What changes one that is there waits anew.
        try bench.accept(Book(companies: [["Update", "Brook", "", "Kiel"]]))
        #expect(try standing(.waiting) == ["acme", "Brook"])
        #expect(
            try find {
                $0.words = "kiel"; $0.standing = .waiting
            }.count == 1)
        #expect(
            try find {
                $0.words = "ulm"; $0.standing = .waiting
            }.count == 0)
    }

    @Test func `what refers to a record is counted, and told`() throws {
        try bench.accept(Self.three)
        let page = try find { $0.order = .name }
        #expect(page.entries.map(\.childCounts) == [[2], [0], [0]])
        let companies = bench.plan.definition.sheets[0]
        let families = RecordFamily.all(of: companies, in: bench.plan.definition)
        let family = try #require(families.first)
        let rooms = try memory.children(
            ofRecord: try #require(page.entries.first).id, family, of: bench.plan.definition,
            in: bench.scope,
            countMax: 9)
        #expect(rooms.map { $0.values[1] } == ["Board", "Lobby"])
    }

    @Test func `a record is found by the upload that made it, however many came since`() throws {
        let id = try bench.accept(Book(companies: [["", "acme", "", ""], ["", "elm", "", ""]]))
        try bench.accept(Book(companies: (0..<60).map { ["", "later \($0)", "", ""] }))
        let definition = bench.plan.definition
        func name(_ upload: UploadID, _ sheet: Int, of reseller: String = "one") throws -> String? {
            try memory.record(
                madeBy: upload, ofSheet: definition.sheets[sheet], of: definition,
                in: LedgerScope(reseller: reseller, portal: definition.portal)
            )?.values[0] ?? nil
        }
        #expect(try name(id, 0) == "acme")
        #expect(try name(id, 1) == nil)
        #expect(try name(id, 0, of: "two") == nil)
        #expect(try name(UploadID(number: 9, attempt: 1), 0) == nil)
    }

    @Test func `a record says what made it, what changed it, and what it said before`() throws {
        try bench.accept(Self.three)
        try bench.accept(Book(companies: [["Update", "Brook", "", "Kiel"]]))
        let companies = bench.plan.definition.sheets[0]
        let id = try #require(try find { $0.words = "brook" }.entries.first).id
        let record = try memory.record(
            id, ofSheet: companies, of: bench.plan.definition, in: bench.scope)
        #expect(record?.values == ["Brook", "bob@brook.example", "Kiel"])
        let events = try memory.history(
            ofRecord: id, companies, in: bench.scope, countMax: 9)
        #expect(events.map(\.kind) == [.updated, .created])
        #expect(events.map(\.before) == [[2: "Ulm"], [:]])
        #expect(events.map(\.steps.count) == [1, 2])
        #expect(events.last?.origin.attempt == UploadID(number: 1, attempt: 1))
        #expect(events.first?.origin.rowNumber == 2)
    }

    @Test func `what was deleted is not there, and nothing is another's`() throws {
        try bench.accept(Self.three)
        let companies = bench.plan.definition.sheets[0]
        let id = try #require(try find { $0.words = "brook" }.entries.first).id
        let other = LedgerBench(sharing: bench, reseller: "two")
        func record(_ scope: LedgerScope) throws -> RecordEntry? {
            try memory.record(id, ofSheet: companies, of: bench.plan.definition, in: scope)
        }
        #expect(try record(bench.scope) != nil)
        #expect(try record(other.scope) == nil)
        try other.accept(Book(companies: [["", "theirs", "", ""]]))
        #expect(try record(other.scope) == nil)
        #expect(
            try memory.history(ofRecord: id, companies, in: other.scope, countMax: 9).isEmpty)
        #expect(try memory.steps(ofSheet: "rooms", in: other.scope, first: 0, countMax: 9).isEmpty)
        #expect(try memory.recordCounts(in: other.scope) == ["companies": 1])
        #expect(names(try find()) == ["Ödland", "acme", "Brook"])
        try bench.accept(Book(companies: [["Delete", "Brook", "", ""]]))
        #expect(try record(bench.scope) == nil)
        #expect(try find().count == 2)
    }

    @Test func `steps of a sheet come with their uploads, the newest first`() throws {
        let first = try bench.accept(Self.three)
        let second = try bench.accept(Book(rooms: [["", "Brook", "Attic"]]))
        let all = try memory.steps(ofSheet: "rooms", in: bench.scope, first: 0, countMax: 9)
        #expect(all.map(\.origin.attempt) == [second, first, first])
        #expect(
            try memory.steps(ofSheet: "rooms", in: bench.scope, first: 1, countMax: 1)
                == all.dropFirst().prefix(1).map { $0 })
    }

    /// Pages of large ledgers stand and fall with these.
    @Test func `no page reads more than its index and its rows`() throws {
        try bench.accept(Self.three)
        let ledger = try #require(bench.ledger as? SQLiteLedger)
        let plans = try ledger.read { database in
            try [
                "SELECT id FROM records WHERE scope = 1 AND sheet = 'a' AND state = 0 ORDER BY id",
                "SELECT 1 FROM operations WHERE attempt = 1 AND sheet = 'a' AND row = 1",
                "SELECT 1 FROM records WHERE attempt = 1 AND sheet = 'a' AND row = 1",
            ].map { sql in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN \(sql)").map {
                    $0["detail"] as String
                }.joined(separator: "; ")
            }
        }
        #expect(plans[0].contains("COVERING INDEX records_of_scope"))
        #expect(!plans[0].contains("B-TREE"))
        #expect(plans[1].contains("COVERING INDEX operations_of_row"))
        #expect(plans[2].contains("COVERING INDEX records_of_row"))
    }

    @Test func `a ledger from before there were pages of customers takes them`() throws {
        let path = "\(bench.folder)/old.db"
        do {
            let queue = try DatabaseQueue(path: path)
            try Migrations.all.migrate(queue, upTo: "2")
            try queue.close()
        }
        #expect(throws: LedgerError.self) { try SQLiteLedger(path: path, .reading) }
        let ledger = try SQLiteLedger(path: path, .making)
        #expect(try ledger.recordCounts(in: bench.scope) == [:])
    }
}
