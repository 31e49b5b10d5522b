import Portals
import Testing
import Validation

@testable import Provisioning

struct ChecklistTests {
    static let rows = [
        ["", "acme", "", "", "Gold"], ["Update", "birch", "b@birch.example"], ["", "cafe"],
        ["Update", "dent", "", "", "(clear)"],
    ]
    static let known = Bench.records([
        ["birch", "", "birch", ""], ["dent", "", "dent", "Gold"],
    ])

    @Test func `a checklist numbers the steps and lists the rows they are about`() throws {
        let plan = try Bench.plan(Self.rows, records: Self.known, acceptedCharges: 1)
        #expect(
            Checklist(plan).text == """
                Work Bench: steps to do by hand

                1. [ ] Change birch to b@birch.example, {unknown}. (Companies, row 3)
                2. [ ] Upload upload.xlsx.
                3. [ ] Set the packages.
                       [ ] acme, Package: Gold (Companies, row 2)
                       [ ] dent, Package: (empty) (was Gold) (Companies, row 5)
                4. [ ] (optional) Order now.

                """)
    }

    @Test func `what a portal does not take again yet says from when on it does`() throws {
        var definition = try Bench.definition()
        let id = "bench.company.update"
        for index in definition.operations.indices where definition.operations[index].id == id {
            definition.operations[index].interval = StepInterval(
                minutes: 60, message: LocalizedText("Too soon."))
        }
        let judged = try Bench.values(
            [Bench.Sheet(rows: Self.rows)], of: definition, records: Self.known)
        var verdicts = judged.verdicts
        verdicts.waits[Place(sheet: 0, row: 1)] = [id: "2026-01-31T11:20:00Z"]
        let plan = try Bench.plan(RecordValues(judged.store, verdicts, of: definition))
        let first = "1. [ ] (not before 2026-01-31, 11:20 UTC) Change birch"
        #expect(Checklist(plan).text.contains(first))
        let held = try plan.lines().filter { $0.contains(#""held":"interval""#) }
        #expect(held.count == 1)
        #expect(held.allSatisfy { $0.contains(#""heldUntil":"2026-01-31T11:20:00Z""#) })
    }

    @Test func `days are written as people write them, and several lines stand in one`() throws {
        var definition = try Bench.definition()
        let fields = definition.sheets[0].fields
        let (email, package) = (
            try #require(fields.firstIndex { $0.id == "email" }),
            try #require(fields.firstIndex { $0.id == "package" })
        )
        definition.sheets[0].fields[email].type = .text
        definition.sheets[0].fields[email].takesLines = true
        definition.sheets[0].fields[package].type = .date
        definition.sheets[0].fields[package].choices = nil
        definition.sheets[0].fields[package].rules = []
        let rows = [["", "acme", "", "", "2026-03-31"], ["Update", "birch", "one\n\ntwo"]]
        let values = try Bench.values(
            [Bench.Sheet(rows: rows)], of: definition, records: Self.known)
        #expect(try Checklist(Bench.plan(values)).text.contains("Change birch to one / two, "))
        let german = try Checklist(Bench.plan(values, language: "de")).text
        #expect(german.contains("[ ] acme, Paket: 31.03.2026 "))
    }

    @Test func `a checklist speaks the language of its plan`() throws {
        let plan = try Bench.plan(Self.rows, records: Self.known, language: "de")
        let text = Checklist(plan).text
        #expect(
            text.hasPrefix(
                "Work Bench: Schritte von Hand\n\n1. [ ] birch ändern. "))
        #expect(text.contains("[ ] acme, Paket: Gold"))
        #expect(text.contains("3. [ ] (erst wenn die Kosten bestätigt sind) Set the packages."))
    }

    @Test func `a text without a row's words is one step with the rows below`() throws {
        var operation = try #require(try Bench.definition().operations.first)
        operation.text = LocalizedText("Do it.")
        let text = StepText(operation, in: "en", sheet: nil)
        #expect(!text.dependsOnRow)
        #expect(text.text == "Do it.")
        operation.text = LocalizedText("Open { and {} and {key}")
        #expect(StepText(operation, in: "en", sheet: nil).text == "Open { and {} and {key}")
    }

    /// Nobody sends anything to a portal but people.
    @Test func `what a program could do stands there for people, with all there is to type`() throws
    {
        var definition = try Bench.definition()
        let id = "bench.company.update"
        for index in definition.operations.indices where definition.operations[index].id == id {
            definition.operations[index].kind = .http
            definition.operations[index].text = LocalizedText("Change {key}.")
        }
        let judged = try Bench.values(
            [Bench.Sheet(rows: Self.rows)], of: definition, records: Self.known)
        let text = Checklist(try Bench.plan(judged)).text
        #expect(
            text.contains(
                "1. [ ] Change birch. Email: b@birch.example. (Companies, row 3)\n"), "\(text)")
    }
}
