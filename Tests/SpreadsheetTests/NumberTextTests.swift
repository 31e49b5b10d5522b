import Spreadsheet
import Testing

@Suite struct NumberTextTests {
    @Test(arguments: [
        ("0", 0), ("-0", 0), ("1", 1), ("+5", 5), ("1.", 1), (".5", 0.5), ("-1.5", -1.5),
        ("007", 7), ("1e3", 1_000), ("1E-3", 0.001), ("1.5e+2", 150), ("0.1", 0.1),
        ("999999999999999", 999_999_999_999_999), ("9007199254740993", 9_007_199_254_740_992),
        ("123456789.123456789", 123_456_789.123456789), ("1e-400", 0),
        ("4.9e-324", Double.leastNonzeroMagnitude),
        ("0.00000000000000000000000000000000000001", 1e-38),
        ("1.7976931348623157e308", Double.greatestFiniteMagnitude),
    ])
    func `numbers are read as XML Schema writes them`(lexeme: String, value: Double) {
        #expect(NumberText.value(of: lexeme) == value)
    }

    @Test(arguments: [
        "", ".", "-", "+", "e5", "1e", "1e+", "NaN", "INF", "-INF", "inf", "nan", "0x1A", "1_000",
        "--1", "1 ", " 1", "1,5", "1e400", "1.2.3", "１", "1e5.0", "1\u{0}", "1f",
        String(repeating: "9", count: 400),
    ])
    func `what is no number is refused`(lexeme: String) {
        #expect(NumberText.value(of: lexeme) == nil)
    }

    @Test func `the short way and the long way give the same doubles`() {
        var random = SplitMix(state: 7)
        for _ in 0..<20_000 {
            let digits = String(random.next() >> (random.next() % 50))
            let point = Int(random.next() % 16)
            let lexeme = digits.prefix(point) + "." + digits.dropFirst(point)
            guard lexeme.count > 1 else { continue }
            #expect(NumberText.value(of: String(lexeme)) == Double("0\(lexeme)0"))
        }
    }

    @Test(arguments: [
        (0, "0"), (-0.0, "0"), (7, "7"), (-12, "-12"), (999_999_999_999_999, "999999999999999"),
        (1e15, nil), (0.5, nil), (.infinity, nil), (.nan, nil), (1e300, nil),
    ])
    func `only whole numbers of fifteen digits become integer text`(value: Double, text: String?) {
        #expect(NumberText.integerText(of: value) == text)
    }

    @Test(arguments: [
        (1, "1"), (-0.0, "0"), (0.1, "0.1"), (1.5, "1.5"),
        (9_007_199_254_740_991, "9007199254740991"),
        (9_007_199_254_740_992, "9007199254740992.0"), (1e21, "1e+21"), (1e-7, "1e-07"),
    ])
    func `text is the shortest that reads back`(value: Double, text: String) {
        #expect(NumberText.shortest(value) == text)
        #expect(NumberText.value(of: text) == value)
    }
}

/// Numbers that look random and are the same in every run.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
