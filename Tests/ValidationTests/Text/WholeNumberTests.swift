import Testing

@testable import Validation

struct WholeNumberTests {
    @Test(arguments: [
        ("0", 0), ("7", 7), ("007", 7), ("-7", -7), ("+5", 5), ("-0", 0), (" 12\u{A0}", 12),
        ("999999999999999", 999_999_999_999_999), ("9223372036854775807", .max),
        ("-9223372036854775808", .min), (String(repeating: "0", count: 400) + "1", 1),
    ])
    func `digits with or without a sign are a whole number`(text: String, value: Int) {
        #expect(WholeNumber.value(ofText: text) == value)
    }

    @Test(arguments: [
        "", " ", "-", "+", "--1", "+-1", "1-", "- 1", "1.000", "1,000", "1 000", "1\u{A0}000",
        "1'000", "1_000", "1.0", "1e3", "0x1A", "１２３", "٣", "ten", "1\u{200B}2", "−5", "½", "NaN",
        "INF", "9223372036854775808", "-9223372036854775809", "1\u{0}",
        String(repeating: "9", count: 400),
    ])
    func `what needs guessing or has no room is no whole number`(text: String) {
        #expect(WholeNumber.value(ofText: text) == nil)
    }

    @Test(
        arguments: [
            ("0", 0), ("-0", 0), ("12", 12), ("12.0", 12), ("-12", -12), ("+5", 5), ("1e3", 1_000),
            ("1.5E1", 15), ("999999999999999", 999_999_999_999_999), ("1000000000000000", nil),
            ("-1000000000000000", nil), ("1e15", nil), ("0.5", nil), ("12.000001", nil),
            ("1e-5", nil), ("NaN", nil), ("INF", nil), ("-INF", nil), ("1e300", nil),
            ("1e400", nil), ("0x1A", nil), ("1_000", nil), ("--1", nil), ("", nil), (" 1", nil),
            (String(repeating: "9", count: 400), nil),
        ] as [(String, Int?)])
    func `a number cell is whole as long as all its digits are kept`(lexeme: String, value: Int?) {
        #expect(WholeNumber.value(ofNumber: lexeme) == value)
    }
}
