import Catalogue
import Glibc
import Testing

@testable import Validation

/// Keys and unique values: in the file and among what is known.
struct UniqueTests {
    private func bench(_ places: String = "[file, known]", actions: String = "Create, Update")
        throws
        -> Bench
    {
        try Bench(rules: "{rule: unique, fields: [email], in: \(places)}", actions: actions)
    }

    @Test(arguments: [
        ("Bob@Ex.example", "bob@ex.EXAMPLE"), ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("a@ex.example", " a@ex.example"),
    ])
    func `addresses are the same`(left: String, right: String) throws {
        let judged = try bench().judge([["a", Cell(left)], ["b", Cell(right)]])
        #expect(
            judged.errors == ["email.duplicate_in_file B2", "email.duplicate_in_file B3"])
        #expect(judged.related(.emailDuplicateInFile) == [["B3"], ["B2"]])
        #expect(!judged.told.contains { $0.hasPrefix("email.alias") })
    }

    @Test(arguments: [
        ("Straße", "STRASSE"), ("caf\u{E9}", "cafe\u{301}"), ("\u{212A}elvin", "kelvin"),
        ("acme", " ACME "),
    ])
    func `names are the same`(left: String, right: String) throws {
        let judged = try bench().judge([[Cell(left)], [Cell(right)]])
        #expect(judged.errors == ["record.duplicate_in_file A2", "record.duplicate_in_file A3"])
    }

    @Test func `İ is not i`() throws { #expect(try bench().judge([["İ"], ["i"]]).told == []) }

    @Test func `every member names three others and counts all`() throws {
        let judged = try bench().judge(Array(repeating: ["acme"], count: 5) + [["other"]])
        #expect(
            judged.related(.recordDuplicateInFile) == [
                ["A3", "A4", "A5"], ["A2", "A4", "A5"], ["A2", "A3", "A5"], ["A2", "A3", "A4"],
                ["A2", "A3", "A4"],
            ])
        #expect(judged.detail(.recordDuplicateInFile)?.relatedCount == 4)
        #expect(judged.states == Array(repeating: .rejected, count: 5) + [.accepted])
    }

    @Test func `blank and malformed values are no duplicates`() throws {
        let rows: [Row] = [["a", ""], ["b", ""], ["c", "x"], ["d", "x"]]
        #expect(try bench().judge(rows).told == ["email.invalid B4", "email.invalid B5"])
    }

    @Test func `colliding hashes don't make duplicates`() throws {
        let bench = try bench()
        let names = ["a", "b", "A", "c", "b"]
        var judging = Judging(
            plan: bench.plan, store: bench.store(names.map { Row([Cell($0), "x@ex.example"]) }),
            known: Knowing().known(bench.definition), threadCount: 1)
        judging.judge()
        judging.enter(0)
        let groups = KeyGroups(fields: [0], judging) { _ in 7 }.groups
        #expect(Set(groups) == [[0, 2], [1, 4]])
    }

    @Test func `many rows of one key take no time`() throws {
        let bench = try bench()
        let rows = (0..<20_000).map { _ in Row(["same", "ann@ex.example"]) }
        let seconds = processorSeconds {
            #expect(bench.judge(rows).counts.rejected == rows.count)
        }
        #expect(seconds < 5)
    }

    @Test func `a mailbox with two addresses is a warning`() throws {
        let rows: [Row] = [
            ["a", "bea@ex.example"], ["b", "b.ea+x@ex.example"], ["c", "ann@ex.example"],
            ["d", "bea@other.example"],
        ]
        let judged = try bench().judge(rows)
        #expect(judged.told == ["email.alias B2 x2"])
        #expect(judged.related(.emailAlias) == [["B2", "B3"]])
        #expect(judged.counts.accepted == 4)
    }

    @Test func `duplicates and another address of their mailbox are told both`() throws {
        let rows: [Row] = [
            ["a", "bea@ex.example"], ["b", "bea@ex.example"], ["c", "be.a@ex.example"],
        ]
        #expect(
            try bench().judge(rows).told == [
                "email.alias B2 x3", "email.duplicate_in_file B2", "email.duplicate_in_file B3",
            ])
    }

    @Test(arguments: [
        ("[file]", ["email.duplicate_in_file B2", "email.duplicate_in_file B3"]),
        ("[known]", ["email.taken B2", "email.taken B3"]),
        ("known", ["email.taken B2", "email.taken B3"]),
    ])
    func `values are unique where the rule says`(places: String, errors: [String]) throws {
        let rows: [Row] = [["a", "ann@ex.example"], ["b", "ann@ex.example"]]
        let known = Knowing(records: [["acme", "Ann@ex.example"]])
        #expect(try bench(places).judge(rows, known).errors == errors)
    }

    @Test func `a condition says which rows are compared`() throws {
        let bench = try Bench(
            rules: "{rule: unique, fields: [email], when: {field: name, in: [a, c]}}")
        let rows: [Row] = [["a", "x@ex.example"], ["b", "x@ex.example"], ["c", "x@ex.example"]]
        let judged = bench.judge(rows)
        #expect(judged.errors == ["email.duplicate_in_file B2", "email.duplicate_in_file B4"])
        #expect(judged.related(.emailDuplicateInFile) == [["B4"], ["B2"]])
    }

    @Test func `two fields make one value`() throws {
        let bench = try Bench(
            fields: "{id: a, title: A, type: text}, {id: b, title: B, type: text}", key: "a, b")
        let rows: [Row] = [["x", "yz"], ["xy", "z"], ["X", "YZ"], ["x", ""], ["x", ""]]
        #expect(
            bench.judge(rows).told
                == ["record.duplicate_in_file A2", "record.duplicate_in_file A4"])
    }

    @Test func `who has a value is told`() throws {
        let known = Knowing(records: [["acme", "ann@ex.example"]])
        let judged = try bench().judge([["new", "ANN@ex.example"]], known)
        #expect(judged.errors == ["email.taken B2"])
        #expect(
            judged.detail(.emailTaken)?.arguments
                == ["record": "acme", "reason": "known.csv, row 2"])
    }

    /// Known: acme has ann@, birch has bob@, cove has cid@.
    @Test(arguments: [
        // A record keeps its own address.
        ([Row(["acme", "ann@ex.example"], action: "Update")], []),
        // What acme gives up, a new row may have.
        (
            [
                Row(["acme", "new@ex.example"], action: "Update"),
                Row(["new", "ann@ex.example"], action: ""),
            ],
            []
        ),
        // Two swap: neither can be first.
        (
            [
                Row(["acme", "bob@ex.example"], action: "Update"),
                Row(["birch", "ann@ex.example"], action: "Update"),
            ], ["cell.swapped B2", "cell.swapped B3"]
        ),
        // So can none of a ring of three.
        (
            [
                Row(["acme", "bob@ex.example"], action: "Update"),
                Row(["birch", "cid@ex.example"], action: "Update"),
                Row(["cove", "ann@ex.example"], action: "Update"),
            ], ["cell.swapped B2", "cell.swapped B3", "cell.swapped B4"]
        ),
        // One after the other.
        (
            [
                Row(["acme", "bob@ex.example"], action: "Update"),
                Row(["birch", "new@ex.example"], action: "Update"),
            ], []
        ),
        // A blank cell leaves the value where it is.
        (
            [Row(["acme", ""], action: "Update"), Row(["new", "ann@ex.example"], action: "")],
            ["email.taken B3"]
        ),
        // A row that is kept out gives nothing up.
        (
            [
                Row(["acme", "not an address"], action: "Update"),
                Row(["new", "ann@ex.example"], action: ""),
            ],
            ["email.invalid B2", "email.taken B3"]
        ),
        // Nor does one that is kept out by what another one keeps.
        (
            [
                Row(["new", "ann@ex.example"], action: ""),
                Row(["acme", "bob@ex.example"], action: "Update"),
                Row(["birch", "cid@ex.example"], action: "Update"),
            ], ["email.taken B2", "email.taken B3", "email.taken B4"]
        ),
        // A Create of a known record changes nothing.
        (
            [
                Row(["acme", "new@ex.example"], action: "Create"),
                Row(["new", "ann@ex.example"], action: ""),
            ],
            ["record.exists A2", "email.taken B3"]
        ),
    ])
    func `uniqueness is judged on the state after the file`(rows: [Row], errors: [String]) throws {
        let known = Knowing(records: [
            ["acme", "ann@ex.example"], ["birch", "bob@ex.example"], ["cove", "cid@ex.example"],
        ])
        #expect(try bench().judge(rows, known).errors == errors)
    }

    @Test func `a row that is left out gives nothing up`() throws {
        let bench = try bench()
        let known = Knowing(records: [["acme", "ann@ex.example"]]).known(bench.definition)
        var store = bench.store([
            Row(["acme", "new@ex.example"], action: "Update", isHidden: true),
            Row(["new", "ann@ex.example"], action: ""),
        ])
        store.sheets[0].leaveOutHiddenRows()
        let judged = Judged(store: store, verdicts: bench.plan.judge(store, against: known))
        #expect(judged.errors == ["email.taken B3"])
        #expect(judged.states == [.leftOut, .rejected])
    }

    @Test func `ten thousand rows of one address are told in little time`() throws {
        let bench = try bench()
        let rows = (0..<10_000).map { Row([Cell("n\($0)"), "ann@ex.example"]) }
        let seconds = processorSeconds {
            #expect(bench.judge(rows).counts.rejected == 10_000)
        }
        #expect(seconds < 20)
    }
}

/// How long this thread is at work: others may be, too, and a test that waits for them is not slow.
private func processorSeconds(_ body: () -> Void) -> Double {
    func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    body()
    return now() - start
}
