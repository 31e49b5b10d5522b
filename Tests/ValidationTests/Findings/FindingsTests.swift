import Catalogue
import Testing

@testable import Validation

/// What findings there are in all, in which order, and how they add up.
struct FindingsTests {
    private static let directories = ["domains": [("acme.1.service", ""), ("birch.1.service", "")]]

    private func judge(_ rows: [Row], lists: Bool = true) throws -> Judged {
        let directories = lists ? Self.directories.mapValues { $0.map { ($0.0, $0.1) } } : [:]
        return try Bench.studio().judge(rows, Knowing(directories: directories))
    }

    @Test func `five faults in a row are five findings`() throws {
        let row: Row = ["acme.9.service", "ann@", "A\u{200B}nn", "=Lee", "other", ""]
        #expect(
            try judge([row]).told == [
                "domain.unknown A2", "email.invalid B2", "cell.invisible_character C2",
                "cell.formula_as_text D2", "cell.must_equal E2", "cell.required F2",
            ])
    }

    @Test func `one cause is one finding`() throws {
        let rows: [Row] = [
            ["Acme Ltd", "ann@ex.example", "Ann", "Lee", "x", "Luminate Wholesale"],
            ["", "bob@ex.example", "Bob", "Lee", "x", "Luminate Wholesale"],
            ["acme\u{200B}", "cid\u{200B}@ex.example", "Cid", "Lee", "", "Luminate Wholesale"],
        ]
        #expect(
            try judge(rows).told == [
                "domain.invalid A2", "cell.required A3", "cell.invisible_character A4",
                "cell.invisible_character B4",
            ])
    }

    @Test func `unknown and duplicate names are judged further as typed`() throws {
        let row: Row = ["xx.9.service", "ann@ex.example", "Ann", "Lee", "yy", "Luminate Wholesale"]
        #expect(
            try judge([row, row]).told == [
                "domain.unknown A2", "record.duplicate_in_file A2", "email.duplicate_in_file B2",
                "cell.must_equal E2", "domain.unknown A3", "record.duplicate_in_file A3",
                "email.duplicate_in_file B3", "cell.must_equal E3",
            ])
    }

    @Test func `a good row is told nothing`() throws {
        let row: Row = [
            "acme.1.service", "ann@ex.example", "Ann", "Lee", "acme.1.service",
            "Luminate Wholesale",
            "Free",
        ]
        let judged = try judge([row])
        #expect(judged.told == [])
        #expect(judged.states == [.accepted])
    }

    @Test func `without a list one warning a column`() throws {
        let row: Row = ["acme", "ann@ex.example", "Ann", "Lee", "acme", "Luminate Wholesale"]
        #expect(try judge([row], lists: false).told == ["domain.unverified A"])
        #expect(
            try judge([["", "x"]], lists: false).told.allSatisfy { $0 != "domain.unverified A" })
    }

    @Test func `the same warning down a column is one with its count and first three`() throws {
        let bench = try Bench(field: "type: text")
        let rows: [Row] = [["a"], ["b ", " x"], ["c "], ["d "], ["e "], ["f"]]
        let judged = bench.judge(rows)
        #expect(judged.told == ["cell.trimmed A3 x4", "cell.trimmed B3"])
        #expect(judged.related(.cellTrimmed) == [["A3", "A4", "A5"], ["B3"]])
    }

    @Test func `charges are one warning a package with its count and price`() throws {
        let settings = [
            "packages=[{name: Free, paid: false}, {name: Iron, paid: true}, "
                + "{name: Gold, paid: true, price: 12.50, currency: GBP, per: month}]"
        ]
        let packages: [Cell] = ["Gold", "Free", "Iron", "Gold", "", "Gold", "Gold"]
        var rows = packages.enumerated().map { index, package -> Row in
            [
                Cell("c\(index)"), Cell("c\(index)@ex.example"), "A", "B", Cell("c\(index)"),
                "Luminate Wholesale", package,
            ]
        }
        rows[6].cells[5] = ""
        let judged = try Bench.studio().judge(
            rows,
            Knowing(directories: ["domains": (0..<7).map { ("c\($0)", "") }], settings: settings))
        #expect(
            judged.told == ["charge.applies G2 x3", "charge.applies G4", "cell.required F8"])
        #expect(
            judged.detail(.chargeApplies)?.arguments
                == ["package": "Gold", "price": "12.50 GBP", "period": "month"])
        let iron = judged.verdicts.details.first { $0.arguments["package"] == "Iron" }
        #expect(iron?.arguments == ["package": "Iron", "price": ""])
    }

    @Test func `an unchanged package costs nothing`() throws {
        let row: Row = ["acme", "ann@ex.example", "A", "B", "acme", "Luminate Wholesale", "Gold"]
        let known = ["acme", "ann@ex.example", "A", "B", "acme", "Luminate Wholesale"]
        let directories = ["domains": [("acme", "")]].mapValues { $0.map { ($0.0, $0.1) } }
        let studio = try Bench.studio()
        let same = Knowing(records: [known + ["Gold"]], directories: directories)
        #expect(studio.judge([row], same).told == ["record.unchanged 2"])
        let other = Knowing(records: [known + ["Free"]], directories: directories)
        #expect(studio.judge([row], other).told == ["charge.applies G2"])
    }

    @Test func `findings stand by row, column and code, those of the file first`() throws {
        let bench = try Bench(
            fields: """
                {id: name, title: Name, type: text, rules: [{rule: required}]},
                {id: email, title: Email, type: email, rules: [{rule: required}]}
                """,
            actions: "Create")
        let rows = [
            Row(["", ""], action: "x"), Row([" a", "b"]), Row(["a", " b@ex.example"]),
        ]
        let judged = bench.judge(rows, Knowing(records: nil))
        #expect(
            judged.told == [
                "record.unverified", "cell.required A2", "action.not_allowed 2", "cell.trimmed A3",
                "record.duplicate_in_file A3", "email.invalid B3", "record.duplicate_in_file A4",
                "cell.trimmed B4",
            ])
    }

    @Test func `rows that came back stand by their first number`() throws {
        let bench = try Bench(field: "type: text", rules: "{rule: required}")
        var store = bench.store([["a"], ["b"], ["c"]])
        for (row, number) in [40, 7, 4_000_000_000].enumerated() {
            store.sheets[0].setOriginalRowNumber(UInt32(number), row: row)
        }
        let known = Knowing().known(bench.definition)
        let judged = Judged(store: store, verdicts: bench.plan.judge(store, against: known))
        #expect(judged.told == ["cell.required C3", "cell.required C2", "cell.required C4"])
    }

    @Test func `every row is counted once`() throws {
        let bench = try Bench()
        var store = bench.store([
            ["acme", "ann@ex.example"], ["new", "new@ex.example"], ["", "x"],
            Row(["hidden", "x"], isHidden: true), Row(["acme2", ""], isHidden: true),
        ])
        store.sheets[0].blankRowCount = 3
        let known = Knowing(records: [["acme", "ann@ex.example"]]).known(bench.definition)
        let counts = RowCounts(store, bench.plan.judge(store, against: known))
        #expect(
            [counts.rows, counts.accepted, counts.rejected, counts.unchanged, counts.leftOut]
                == [8, 2, 2, 1, 0])
        #expect([counts.blank, counts.hidden] == [3, 2])

        store.sheets[0].leaveOutHiddenRows()
        let left = RowCounts(store, bench.plan.judge(store, against: known))
        #expect(
            [left.rows, left.accepted, left.rejected, left.unchanged, left.leftOut]
                == [8, 1, 1, 1, 2])
    }

    @Test func `rows that are left out are neither judged nor compared`() throws {
        let bench = try Bench()
        var store = bench.store([["a", "a@ex.example"], Row(["a", "x"], isHidden: true)])
        store.sheets[0].leaveOutHiddenRows()
        let known = Knowing().known(bench.definition)
        let judged = Judged(store: store, verdicts: bench.plan.judge(store, against: known))
        #expect(judged.told == [])
        #expect(judged.states == [.accepted, .leftOut])
    }

    @Test func `the same input gives the same findings`() throws {
        let rows = (0..<300).map { index -> Row in
            [
                Cell("acme.\(index % 7).service"),
                Cell("a.nn+\(index % 11)@ex\(index % 3).example"),
                Cell(index % 5 == 0 ? "" : " Ann"), "Lee", "",
                Cell(index % 4 == 0 ? "luminate" : ""),
                Cell("P\(index % 6)"),
            ]
        }
        let first = try judge(rows).verdicts
        let second = try judge(rows).verdicts
        #expect(first.findings == second.findings)
        #expect(first.details == second.details)
        #expect(first.states == second.states)
        #expect(first.findings.count > 300)
    }

    @Test func `a place and a finding are small`() {
        #expect(MemoryLayout<Place>.size == 12)
        #expect(MemoryLayout<Finding>.stride <= 20)
        var place = Place(sheet: 1, row: 1_048_575, field: nil)
        #expect([place.sheet, place.row, place.field] == [1, 1_048_575, nil])
        place.field = 7
        place.row = nil
        #expect(place == Place(sheet: 1, field: 7))
    }
}
