import Spreadsheet
import Testing

@testable import Validation

/// Columns of a million small answers, several to a byte.
struct PackedColumnTests {
    @Test(arguments: [0, 1, 2, 5]) func `every form comes back from its own row`(count: Int) {
        let all: [CellForm] = [.readOnly, .wellFormed, .clear, .malformed, .blank]
        var forms = CellForms(count: count)
        #expect(forms.indices.allSatisfy { forms[$0] == .blank })
        for row in forms.indices.reversed() { forms[row] = all[row] }
        #expect(forms.indices.map { forms[$0] } == Array(all[..<count]))
        for row in forms.indices { forms[row] = .wellFormed }
        #expect(forms.indices.allSatisfy { forms[$0] == .wellFormed })
    }

    @Test func `a text is asked about once and answers for itself alone`() {
        var texts = TextTable()
        for text in ["odd", "even", "odd too", "", "odd"] { _ = texts.append(text) }
        var answers = TextAnswers(of: texts)
        var asked = 0
        func isOdd(_ id: UInt32) -> Bool {
            answers.holds(for: id) { text in
                asked += 1
                return text.first == UInt8(ascii: "o")
            }
        }
        let expected = [true, false, true, false, true]
        for _ in 0..<2 { #expect((0..<5).map { isOdd($0) } == expected) }
        #expect(asked == 5)
        #expect(!isOdd(9))
    }
}
