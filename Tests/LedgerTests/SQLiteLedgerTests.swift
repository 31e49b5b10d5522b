import Foundation
import GRDB
import Glibc
import Synchronization
import Testing
import Validation

@testable import Ledger

/// What the file of SQLite's own has to hold.
@Suite struct SQLiteLedgerTests {
    @Test func `a ledger that is only to be read must be there`() {
        #expect(throws: LedgerError(.absent, path: "/nowhere/l.db")) {
            try SQLiteLedger(path: "/nowhere/l.db", .reading)
        }
    }

    @Test func `a ledger that is just being made is not taken for a damaged one`() throws {
        let bench = try LedgerBench(.sqlite)
        let failures = Mutex<[String]>([])
        for round in 0..<40 {
            let path = "\(bench.folder)/new\(round).db"
            DispatchQueue.concurrentPerform(iterations: 3) { number in
                do {
                    if number == 0 { _ = try SQLiteLedger(path: path, .making) }
                    while access(path, F_OK) != 0 {}
                    while try SQLiteLedger.needsMigration(path) {}
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
        }
        #expect(failures.withLock { $0 } == [])
    }

    @Test func `nobody who writes waits for somebody who reads`() throws {
        let bench = try LedgerBench(.sqlite)
        try bench.adopt([["elm", "", ""]])
        let ledger = try SQLiteLedger(path: "\(bench.folder)/rowgate.db", .writing)
        let times = try ledger.read { database in
            _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM audit")
            return try ["ann", "eve"].map { actor in
                try ContinuousClock().measure {
                    try ledger.write {
                        try $0.execute(sql: "UPDATE attempts SET actor = ?", arguments: [actor])
                    }
                }
            }
        }
        #expect(times.allSatisfy { $0 < .seconds(2) }, "\(times)")
    }

    @Test func `the audit can be neither changed nor cut`() throws {
        let bench = try LedgerBench(.sqlite)
        try bench.adopt([["elm", "", ""]])
        let queue = try DatabaseQueue(path: "\(bench.folder)/rowgate.db")
        for sql in ["DELETE FROM audit", "UPDATE audit SET actor = 'eve'"] {
            #expect(throws: DatabaseError.self) { try queue.write { try $0.execute(sql: sql) } }
        }
    }

    @Test func `steps from before they had a time are as old as the last word on their batch`()
        throws
    {
        let bench = try LedgerBench(.sqlite)
        let path = "\(bench.folder)/old.db"
        let queue = try DatabaseQueue(path: path)
        try Migrations.all.migrate(queue, upTo: "6")
        try queue.write { database in
            try database.execute(
                sql: """
                    INSERT INTO scopes (id, reseller, portal) VALUES (1, 'one', 'bench');
                    INSERT INTO attempts VALUES
                        (7, 1, 12, 3, 'upload', '', '', 1, 'ann', '2026-01-01', '', '', '', ''),
                        (8, 1, 12, 30, 'upload', '', '', 1, 'ann', '2026-01-01', '', '', '', '');
                    INSERT INTO operations
                        SELECT 7, value, '', 'invite', '', '', value, x'', 0, value, NULL, NULL
                        FROM json_each('[0, 1, 2]');
                    INSERT INTO audit (reseller, portal, actor, time, action, object, outcome, hash)
                        VALUES ('one', 'bench', 'ann', '2026-01-02', 'done', '12.3', '', ''),
                        ('one', 'bench', 'ann', '2026-01-03', 'done', '12.3', '', ''),
                        ('one', 'bench', 'ann', '2026-01-04', 'done', '12.30', '', ''),
                        ('one', 'other', 'ann', '2026-01-05', 'done', '12.3', '', ''),
                        ('two', 'bench', 'ann', '2026-01-06', 'done', '12.3', '', ''),
                        ('one', 'bench', 'ann', '2026-01-07', 'undo', '12.3', '', '');
                    """)
        }
        try queue.close()
        _ = try SQLiteLedger(path: path, .making)
        let times = try DatabaseQueue(path: path).read {
            try String?.fetchAll($0, sql: "SELECT recorded FROM operations ORDER BY sequence")
        }
        #expect(times == [nil, "2026-01-03", "2026-01-03"])
    }

    @Test func `a newer ledger is left alone`() throws {
        let bench = try LedgerBench(.sqlite)
        let path = "\(bench.folder)/rowgate.db"
        try DatabaseQueue(path: path).write {
            try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
        }
        for mode in [SQLiteLedger.Mode.reading, .writing, .making] {
            #expect(throws: LedgerError(.newer, path: path)) { try SQLiteLedger(path: path, mode) }
        }
    }

    @Test func `another Definition looks records up by something else`() throws {
        let bench = try LedgerBench(.sqlite)
        try bench.accept(LedgerBench.Book(companies: [LedgerConformanceTests.acme]))
        let yaml = LedgerBench.yaml.replacingOccurrences(
            of: "fields: [email], in: [file, known]", with: "fields: [city], in: [file, known]")
        let other = try LedgerBench(.sqlite, yaml: yaml)
        let book = LedgerBench.Book(companies: [["", "new", "", "Bonn"]])
        let question = LedgerQuestion(other.plan.question(about: other.store(book)), sha256: "")
        // Before anything is written by it, and after.
        for _ in 0..<2 {
            let answer = try bench.ledger.answer(question, in: bench.scope)
            #expect(answer.known.records?.records(ofSheet: "companies").count == 1)
            _ = try bench.ledger.adopt(
                KnownRecords(), from: "", other.plan, in: bench.scope, by: LedgerBench.stamp,
                approved: nil)
        }
    }

    @Test func `files just made are nobody's leftovers, however often others tidy up`() throws {
        let bench = try LedgerBench(.sqlite)
        let files = bench.ledger.keptFiles(named: "made")
        let tidying = Thread {
            while !Thread.current.isCancelled {
                guard let hold = files.hold() else { continue }
                files.remove()
                hold.release()
            }
        }
        tidying.start()
        defer { tidying.cancel() }
        for _ in 0..<500 {
            let hold = try files.make()
            #expect(files.isThere)
            hold.release()
        }
    }

    @Test(arguments: ["plain", "tab\there", "line\nend", "back\\slash", "", "zero\0", "\\t", "=a="])
    func `values come back from lines as they were`(value: String) {
        var line: [UInt8] = []
        FieldLine.append("one", value.utf8, to: &line)
        FieldLine.append("two", value.utf8, to: &line)
        #expect(!line.contains(UInt8(ascii: "\n")))
        #expect(FieldLine.values(line, of: ["zero", "one", "two"]) == [nil, value, value])
        for names in [["zero", "one", "two"], ["two", "one", "zero"]] {
            let values = line.withUnsafeBufferPointer {
                FieldLine.values($0, of: FieldNames(names))
            }
            #expect(Array(values) == FieldLine.values(line, of: names))
        }
    }

    @Test(arguments: [
        ("12.3", "12.3"), ("#12.3", "12.3"), ("12", "12.1"), ("0", nil), ("1.0", nil), ("a", nil),
        ("1.2.3", nil), ("", nil),
    ])
    func `people call uploads by a number`(text: String, expected: String?) {
        #expect(UploadID(text)?.description == expected)
    }
}
