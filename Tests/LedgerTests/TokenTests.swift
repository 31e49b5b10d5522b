import GRDB
import Testing
import Validation

@testable import Ledger

/// Programs that people let in, and what they ask for once.
@Suite struct TokenTests {
    /// Its folder goes with it.
    private let bench: LedgerBench
    private let memory: any SiteMemory
    private let ann: Account

    init() throws {
        bench = try LedgerBench(.sqlite)
        memory = try #require(bench.ledger as? any SiteMemory)
        let wanted = Account(reseller: "one", email: "ann@one.example", name: "", role: .user)
        ann = try #require(try memory.add(wanted, by: LedgerBench.stamp))
        try memory.addToken(named: "night", [7], of: ann, at: 10, by: LedgerBench.stamp)
    }

    @Test func `a token lets in until it is revoked, by whoever made it`() throws {
        let (token, account) = try #require(try memory.account(ofToken: [7]))
        #expect(account == ann)
        #expect(
            token
                == AccessToken(
                    id: token.id, name: "night", created: 10, lastUsed: nil, isRevoked: false))
        #expect(try memory.account(ofToken: [8]) == nil)
        try memory.touchToken(token.id, at: 30)
        #expect(try memory.tokens(of: ann.id).map(\.lastUsed) == [30])
        let wanted = Account(reseller: "one", email: "abe@one.example", name: "", role: .admin)
        let abe = try #require(try memory.add(wanted, by: LedgerBench.stamp))
        #expect(try memory.tokens(of: abe.id).isEmpty)
        #expect(try !memory.revokeToken(token.id, of: abe, by: LedgerBench.stamp))
        #expect(try memory.revokeToken(token.id, of: ann, by: LedgerBench.stamp))
        #expect(try !memory.revokeToken(token.id, of: ann, by: LedgerBench.stamp))
        #expect(try memory.account(ofToken: [7]) == nil)
        #expect(
            try bench.ledger.audit(of: "one").map(\.action) == [
                "account", "token", "account", "revoke",
            ])
    }

    @Test func `a new password ends tokens`() throws {
        try memory.makeLink([9], for: ann, until: 100, by: LedgerBench.stamp)
        _ = try memory.use([9], at: 30, ann, password: "new", by: LedgerBench.stamp)
        #expect(try memory.account(ofToken: [7]) == nil)
    }

    @Test func `who is let in again has no tokens of before`() throws {
        try memory.setDisabled(true, ann, by: LedgerBench.stamp)
        #expect(try memory.account(ofToken: [7]) == nil)
        try memory.setDisabled(false, ann, by: LedgerBench.stamp)
        #expect(try memory.account(ofToken: [7]) == nil)
    }

    // MARK: - Requests with a key

    private func upload(_ id: String) -> SiteUpload {
        SiteUpload(
            id: id, reseller: "one", portal: "bench", workbookName: "book.xlsx",
            stamp: LedgerBench.stamp, language: "en")
    }

    private func request(_ digest: [UInt8], _ answer: String, at time: Int = 100) -> KeyedRequest {
        var request = KeyedRequest(
            account: ann.id, key: "k", digest: digest, time: time, oldest: time - 50)
        request.answer = KeptAnswer(status: 202, location: "/\(answer)", body: answer)
        return request
    }

    @Test func `the same request is done once and answered alike, and its key is no other's`()
        throws
    {
        let first = request([1], "first")
        #expect(try memory.outcome(of: first) == nil)
        #expect(try memory.change(.add(upload("a")), asked: first) == .done)
        #expect(
            try memory.change(.add(upload("b")), asked: request([1], "second"))
                == .before(first.answer))
        #expect(try memory.outcome(of: request([1], "third")) == .before(first.answer))
        #expect(try memory.change(.add(upload("b")), asked: request([2], "")) == .otherRequest)
        #expect(try memory.upload("b", of: "one") == nil)
        let later = request([2], "later", at: 151)
        #expect(try memory.change(.add(upload("b")), asked: later) == .done)
    }

    @Test func `a change that comes too late leaves its key free`() throws {
        try memory.add(upload("a"))
        let late = try memory.change(
            .update(upload("a"), from: .judged, as: nil), asked: request([1], "late"))
        #expect(late == .late)
        #expect(try memory.outcome(of: request([2], "")) == nil)
    }

    // MARK: - Pages

    @Test func `uploads come by the page, and another's lead nowhere`() throws {
        for id in ["a", "b", "c"] { try memory.add(upload(id)) }
        let page = { (last: String?, reseller: String) in
            try memory.uploads(of: reseller, portal: nil, before: last, countMax: 2).map(\.id)
        }
        #expect(try page(nil, "one") == ["c", "b"])
        #expect(try page("b", "one") == ["a"])
        #expect(try page("a", "one") == [])
        #expect(try page("b", "two") == [])
        #expect(try page("nothing", "one") == [])
    }

    @Test func `batches and their operations come by the page`() throws {
        for name in ["elm", "oak"] {
            try bench.accept(LedgerBench.Book(companies: [["", name, "\(name)@a.example", ""]]))
        }
        let all = try memory.batches(of: "one", portal: nil, before: nil, countMax: 9)
        let ids = try bench.ledger.history(of: "one", countMax: 9).map(\.id)
        #expect(all.map(\.id) == ids && ids.count == 2)
        #expect(
            try memory.batches(of: "one", portal: nil, before: ids[0], countMax: 9).map(\.id)
                == [ids[1]])
        #expect(try memory.batches(of: "one", portal: "other", before: nil, countMax: 9).isEmpty)
        #expect(try memory.batches(of: "two", portal: nil, before: ids[0], countMax: 9).isEmpty)
        let operations = try bench.ledger.operations(of: ids[0], of: "one")
        let rest = try memory.operations(
            of: ids[0], of: "one", in: .ready, after: operations[0].sequence, countMax: 9)
        #expect(rest == Array(operations.dropFirst()))
        #expect(
            try memory.operations(of: ids[0], of: "one", in: .done, after: 0, countMax: 9).isEmpty)
        #expect(throws: LedgerError.self) {
            try memory.operations(of: ids[0], of: "two", in: nil, after: 0, countMax: 9)
        }
    }
}
