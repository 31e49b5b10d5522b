import Testing

@testable import Validation

struct KnownValuesTests {
    private static let lists: [[String?]] = [
        [], [nil], [""], ["a", nil, "ß"], [nil, nil, String(repeating: "long ", count: 100)],
    ]

    @Test(arguments: lists)
    func `values come out as they went in`(values: [String?]) {
        #expect(Array(KnownValues(values)) == values)
    }

    @Test func `values may be set in any order, and again`() {
        var values = KnownValues(count: 3)
        for (field, text) in [(2, "c"), (0, "before"), (0, "a")] {
            var text = text
            text.withUTF8 { values.set($0, field) }
        }
        #expect(values == ["a", nil, "c"])
        #expect(values != ["a", "", "c"])
    }

    @Test func `a record tells where it is known from, with and without a number`() {
        let told = KnownRecord(values: ["a"], origin: "there.csv, A0")
        let counted = KnownRecord(values: ["a"], origin: "there.csv, A", row: 0, id: nil)
        #expect(counted.origin == "there.csv, A0")
        #expect(counted == told)
        #expect(counted != KnownRecord(values: ["a"], origin: "there.csv, A"))
    }
}
