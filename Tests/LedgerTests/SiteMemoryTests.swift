import Foundation
import GRDB
import Testing
import Validation

@testable import Ledger

/// Who signs in, and what they uploaded.
@Suite struct SiteMemoryTests {
    private static let ann = Account(
        reseller: "one", email: "Ann@one.example", name: "Ann", role: .admin)

    /// Its folder goes with it.
    private let bench: LedgerBench
    private let memory: any SiteMemory

    init() throws {
        bench = try LedgerBench(.sqlite)
        memory = try #require(bench.ledger as? any SiteMemory)
    }

    @Test func `an address signs in once, whatever its case`() throws {
        let added = try #require(try memory.add(Self.ann, by: LedgerBench.stamp))
        #expect(added.email == "ann@one.example")
        let other = Account(reseller: "two", email: "ANN@one.example", name: "", role: .user)
        #expect(try memory.add(other, by: LedgerBench.stamp) == nil)
        #expect(try memory.account(ofEmail: "ANN@ONE.example") == added)
        #expect(try memory.accounts(of: "two").isEmpty)
        #expect(try memory.accounts(of: nil) == [added])
    }

    @Test func `a link is good for one use, and until its time`() throws {
        try memory.makeLink([1], for: nil, until: 100, by: LedgerBench.stamp)
        #expect(try memory.link([1], at: 100) == nil)
        #expect(try memory.link([2], at: 99) == nil)
        #expect(try memory.link([1], at: 99) == SiteLink(account: nil))
        let use = { try memory.use([1], at: 99, Self.ann, password: "p", by: LedgerBench.stamp) }
        #expect(try use()?.password == "p")
        #expect(try use() == nil)
    }

    @Test func `a new password, or being let in no more, ends every session`() throws {
        let ann = try #require(try memory.add(Self.ann, by: LedgerBench.stamp))
        try memory.begin([1], of: ann, at: 10)
        #expect(try memory.session([1])?.account == ann)
        try memory.touch([1], at: 20)
        #expect(try memory.session([1])?.seen == 20)
        try memory.makeLink([9], for: ann, until: 100, by: LedgerBench.stamp)
        _ = try memory.use([9], at: 30, ann, password: "new", by: LedgerBench.stamp)
        #expect(try memory.session([1]) == nil)
        try memory.begin([2], of: ann, at: 40)
        try memory.setDisabled(true, ann, by: LedgerBench.stamp)
        #expect(try memory.session([2]) == nil)
        try memory.makeLink([8], for: ann, until: 100, by: LedgerBench.stamp)
        #expect(try memory.link([8], at: 50) == nil)
    }

    @Test func `what a server that was killed had begun goes after its time`() throws {
        let files = SiteFolder("\(bench.folder)/site")
        let folders = [files.upload("a"), files.upload("b"), "\(files.incomingPath)/c"]
        for folder in folders {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/inner", withIntermediateDirectories: true)
        }
        try memory.add(Self.upload)
        func isThere() -> [Bool] { folders.map(FileManager.default.fileExists) }
        let known = try memory.uploadIDs()
        #expect(known == ["a"])
        files.removeLeftovers(besides: known, before: 100)
        #expect(isThere() == [true, true, true])
        files.removeLeftovers(besides: known, before: .max)
        #expect(isThere() == [true, false, false])
    }

    private static let upload = SiteUpload(
        id: "a", reseller: "one", portal: "bench", workbookName: "book.xlsx",
        stamp: LedgerBench.stamp, language: "en")

    @Test func `an upload is its reseller's, and changes from the state it has`() throws {
        try memory.add(Self.upload)
        #expect(try memory.upload("a", of: "one") == Self.upload)
        #expect(try memory.upload("a", of: "two") == nil)
        #expect(try memory.uploads(of: "two", portal: nil, countMax: 9).isEmpty)
        #expect(try memory.uploads(of: "one", portal: "other", countMax: 9).isEmpty)
        #expect(try memory.unfinishedUploads() == [Self.upload])
        var judged = Self.upload
        judged.state = .judged
        judged.attempt = UploadID("3.2")
        #expect(try memory.update(judged, from: .waiting))
        #expect(try !memory.update(judged, from: .waiting))
        #expect(try memory.uploads(of: "one", portal: "bench", countMax: 9) == [judged])
        #expect(try memory.unfinishedUploads().isEmpty)
    }

    @Test func `what is open stays open until it is done, put aside or replaced`() throws {
        func add(
            _ id: String, of reseller: String = "one", after earlier: String? = nil,
            _ state: SiteUpload.State = .judged, attempt: String? = nil
        ) throws -> SiteUpload {
            let upload = SiteUpload(
                id: id, reseller: reseller, portal: "bench", workbookName: "book.xlsx",
                stamp: LedgerBench.stamp, language: "en", state: state, predecessor: earlier)
            try memory.add(upload)
            var with = upload
            with.attempt = attempt.flatMap { UploadID($0) }
            #expect(try memory.update(with, from: state))
            return with
        }
        func open(_ reseller: String = "one") throws -> [String] {
            try memory.openUploads(of: reseller, skipping: 0, countMax: 9).map(\.id)
        }
        var first = try add("a")
        _ = try add("b", .failed)
        _ = try add("c", .accepted, attempt: "3.1")
        _ = try add("d", of: "two", .accepted, attempt: "3.1")
        #expect(try open() == ["c", "a"])
        let newer = try add("e", after: "a")
        #expect(try !memory.update(newer, from: .checking, replacing: UploadID("3.1")))
        #expect(try open() == ["e", "c", "a"])
        #expect(try memory.update(newer, from: .judged, replacing: UploadID("3.1")))
        #expect(try open() == ["e"])
        #expect(try open("two") == ["d"])
        #expect(try memory.upload("a", of: "one")?.standing == .replaced)
        // Nobody's upload replaces a newer one, or one of somebody else.
        let other = try add("f", of: "two", after: "e")
        #expect(try memory.update(other, from: .judged, replacing: nil))
        let replaced = try #require(try memory.upload("a", of: "one"))
        #expect(try memory.update(replaced, from: .judged, replacing: UploadID("3.1")))
        #expect(try open() == ["e"])
        first.standing = .open
        #expect(try memory.update(first, from: .judged))
        #expect(try open() == ["e", "a"])
    }

    @Test func `the audit has what people do with an upload, and not what comes of it`() throws {
        try memory.add(Self.upload)
        var next = Self.upload
        func change(to state: SiteUpload.State, as act: UploadAct?) throws -> UploadChangeOutcome {
            let before = next.state
            next.state = state
            return try memory.change(.update(next, from: before, as: act), asked: nil)
        }
        let act = UploadAct(.cancel, by: Stamp(actor: "eve@one.example", time: "later"))
        #expect(try memory.change(.update(next, from: .judged, as: act), asked: nil) == .late)
        #expect(try change(to: .judged, as: nil) == .done)
        #expect(
            try change(to: .waiting, as: UploadAct(.fix, outcome: "cells=2", by: act.stamp))
                == .done)
        #expect(try change(to: .cancelled, as: act) == .done)
        let ann = try #require(try memory.add(Self.ann, by: LedgerBench.stamp))
        try memory.makeLink([1], for: ann, until: 100, by: act.stamp)
        let told = try bench.ledger.audit(of: "one")
        #expect(
            told.map { "\($0.action) \($0.object) \($0.outcome)" } == [
                "upload a ", "fix a cells=2", "cancel a ", "account \(ann.id) role=1",
                "link \(ann.id) ",
            ])
        let owner = LedgerBench.stamp.actor
        #expect(
            told.map(\.stamp.actor) == [
                owner, "eve@one.example", "eve@one.example", owner, "eve@one.example",
            ])
    }

    @Test func `limits are those of all, or of one reseller alone`() throws {
        func set(_ limits: [UploadLimit: Int], of reseller: String?) throws {
            try memory.setLimits(limits, of: reseller, by: LedgerBench.stamp, of: "site")
        }
        #expect(try memory.limits(of: nil) == [:])
        try set([.size: 20, .days: 30], of: nil)
        try set([.size: 5], of: "one")
        #expect(try memory.limits(of: nil) == [.size: 20, .days: 30])
        #expect(try memory.limits(of: "one") == [.size: 5])
        #expect(try memory.limits(of: "two") == [:])
        #expect(try memory.resellersWithLimits() == ["one"])
        try set([.rows: 7], of: "one")
        // The same once more changes nothing, and is not in the history.
        try set([.rows: 7], of: "one")
        #expect(try memory.limits(of: "one") == [.rows: 7])
        try set([:], of: "one")
        #expect(try memory.resellersWithLimits().isEmpty)
        let told = { (reseller: String) in
            try bench.ledger.audit(of: reseller).map {
                "\($0.action) \($0.object) \($0.outcome)"
            }
        }
        let own = [
            "limits one size=-→5", "limits one size=5→- rows=-→7", "limits one rows=7→-",
        ]
        #expect(try told("one") == own)
        #expect(try told("site") == ["limits * size=-→20 days=-→30"] + own)
        #expect(try told("two").isEmpty)
    }

    @Test(arguments: ["1", "2", "6"])
    func
        `a ledger from before there were pages, tokens or limits takes them, and keeps what it had`(
            version: String
        ) throws
    {
        let path = "\(bench.folder)/old.db"
        do {
            let queue = try DatabaseQueue(path: path)
            try queue.write { try $0.execute(sql: "PRAGMA user_version = 0") }
            try Migrations.all.migrate(queue, upTo: version)
            try queue.write {
                try $0.execute(
                    sql: "INSERT INTO scopes (reseller, portal) VALUES ('one', 'bench')")
            }
            try queue.close()
        }
        #expect(throws: LedgerError.self) { try SQLiteLedger(path: path, .reading) }
        let ledger = try SQLiteLedger(path: path, .making)
        let ann = try #require(try ledger.add(Self.ann, by: LedgerBench.stamp))
        try ledger.addToken(named: "t", [1], of: ann, at: 1, by: LedgerBench.stamp)
        #expect(try ledger.account(ofToken: [1])?.account == ann)
        try ledger.setLimits([.rows: 7], of: "one", by: LedgerBench.stamp, of: "one")
        #expect(try ledger.limits(of: "one") == [.rows: 7])
        #expect(
            try DatabaseQueue(path: path).read {
                try Int.fetchOne($0, sql: "SELECT count(*) FROM scopes")
            } == 1)
    }
}
