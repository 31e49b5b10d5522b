import Portals
import Testing
import Validation

@testable import Provisioning

struct PlanOrderTests {
    @Test func `deletions come after everything else and the other way round, mail last`() throws {
        let values = try Bench.values([
            Bench.Sheet(rows: [
                ["Invite", "acme", "ann@acme.example"], ["Delete", "birch"], ["Delete", "cafe"],
                ["", "dent"],
            ]),
            Bench.Sheet(index: 1, rows: [["Delete", "birch", "room"], ["", "dent", "room"]]),
        ])
        var writer = BatchWriter(to: MemorySink())
        let files = try writer.write(Bench.plan(values))
        let ids = try writer.sink.lines.map { try $0.map { try JSONLine($0).id } }
        #expect(
            ids == [
                [
                    "bench.company.create/dent", "bench.room.create/dent/room", "bench.upload",
                    "bench.messaging",
                ],
                [
                    "bench.room.delete/birch/room", "bench.company.delete/cafe",
                    "bench.company.delete/birch",
                ],
                ["bench.invite/acme"],
            ])
        #expect(files.map(\.operationCount) == [4, 3, 1])
        #expect(try JSONLine(writer.sink.lines[2][0]).members["mail"] as? Bool == true)
    }

    @Test func `an update depends on the operation that makes its record on another sheet`() throws
    {
        let values = try Bench.values([
            Bench.Sheet(rows: [["", "Acme"], ["", "birch"]]),
            Bench.Sheet(
                index: 2, rows: [["Update", "acme", "a@b.example"], ["Update", "other"]]),
        ])
        let lines = try Bench.plan(values).lines().map(JSONLine.init)
        let branches = lines.filter { $0.text("operation") == "bench.branch" }
        #expect(branches.map { $0.texts("dependsOn") } == [["bench.company.create/Acme"], []])
    }

    @Test func `nothing accepted, nothing done`() throws {
        let plan = try Bench.plan([])
        var writer = BatchWriter(to: MemorySink())
        #expect(try writer.write(plan) == [])
        #expect(writer.sink.files.isEmpty)
        #expect(plan.effects == Effects())
        #expect(Checklist(plan).text == "")
    }

    @Test func `what is done once comes when something it waits for does, or has rows to list`()
        throws
    {
        let known = Bench.records([["acme", "a@acme.example", "acme", "Free"]])
        let update = try Bench.plan([["Update", "acme", "b@acme.example"]], records: known)
        #expect(try update.lines().map { try JSONLine($0).id } == ["bench.company.update/acme"])
        let package = try Bench.plan(
            [["Create", "acme", "a@acme.example", "", "Gold"]], records: known)
        let lines = try package.lines().map(JSONLine.init)
        #expect(lines.map(\.id) == ["bench.packages", "bench.messaging"])
        #expect(lines[0].list.map { $0["package"] as? String } == ["Gold"])
    }

    /// A package that a known record has already is not told again.
    @Test func `a list leaves out known rows that change nothing it shows`() throws {
        let known = Bench.records([["acme", "a@acme.example", "acme", "Gold"]])
        let plan = try Bench.plan(
            [["Update", "acme", "b@acme.example", "", "Gold"]], records: known)
        #expect(try plan.lines().map { try JSONLine($0).id } == ["bench.company.update/acme"])
        #expect(plan.effects.paidCount == 0)
    }

    @Test func `two uploads give the operations that one gives`() throws {
        let good = [["", "acme", "ann@acme.example", "", "Gold"], ["", "dent", "d@dent.example"]]
        let bad = ["", "birch", "no address", "", "Silver"]
        let fixed = ["", "birch", "bo@birch.example", "", "Silver"]
        let whole = try Bench.plan([good[0], fixed, good[1]]).lines().map(JSONLine.init)
        let first = try Bench.plan([good[0], bad, good[1]]).lines().map(JSONLine.init)
        let second = try Bench.plan(
            Bench.values([Bench.Sheet(rows: [fixed], originals: [0: 3])])
        ).lines().map(JSONLine.init)
        #expect(first.count < whole.count)
        #expect(Set((first + second).map(\.identity)) == Set(whole.map(\.identity)))
        let rows = { (lines: [JSONLine]) in
            Dictionary(
                (lines.compactMap { line in line.sourceRow.map { (line.id, $0) } }),
                uniquingKeysWith: { one, _ in one })
        }
        #expect(rows(first + second) == rows(whole))
    }
}
