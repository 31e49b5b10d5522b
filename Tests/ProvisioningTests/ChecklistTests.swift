import Portals
import Testing

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
                       [ ] dent, Package: (empty) (Companies, row 5)
                4. [ ] (optional) Order now.

                """)
    }

    @Test func `a checklist speaks the language of its plan`() throws {
        let plan = try Bench.plan(Self.rows, records: Self.known, language: "de")
        let text = Checklist(plan).text
        #expect(
            text.hasPrefix(
                "Work Bench: Schritte von Hand\n\n1. [ ] birch ändern. (Companies, Zeile 3)"))
        #expect(text.contains("[ ] acme, Paket: Gold"))
        #expect(text.contains("3. [ ] (erst wenn die Kosten bestätigt sind) Set the packages."))
    }

    @Test func `a text without a row's words is one step with the rows below`() throws {
        let text = StepText(LocalizedText("Do it."), in: "en", sheet: nil)
        #expect(!text.dependsOnRow)
        #expect(text.text == "Do it.")
        let other = StepText(
            LocalizedText("Open { and {} and {key}"), in: "en", sheet: nil)
        #expect(other.text == "Open { and {} and {key}")
    }
}
