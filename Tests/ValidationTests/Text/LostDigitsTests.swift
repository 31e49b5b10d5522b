import Catalogue
import Testing

@testable import Validation

struct LostDigitsTests {
    @Test(
        arguments: [
            ("123", nil), ("123.0", nil), ("-0", nil), ("007", nil), ("999999999999999", nil),
            ("1.23456789012E11", nil), ("1.23e2", nil),
            ("1.23457E+11", .cellScientificNotation), ("1e3", .cellScientificNotation),
            ("1E20", .cellScientificNotation), ("1000000000000000", .cellPrecisionLost),
            ("12345678901234567", .cellPrecisionLost), ("-1000000000000000", .cellPrecisionLost),
            ("0.1", .cellNotText), ("1E-5", .cellNotText), ("1.5", .cellNotText),
            ("NaN", .cellNotText), ("INF", .cellNotText), ("0x1A", .cellNotText),
            ("1e400", .cellNotText), ("1_000", .cellNotText), ("--1", .cellNotText),
            (String(repeating: "9", count: 400), .cellNotText), ("", .cellNotText),
        ] as [(String, Code?)])
    func `a number keeps its digits or says what it lost`(lexeme: String, code: Code?) {
        var lexeme = lexeme
        #expect(lexeme.withUTF8 { LostDigits.code(of: $0) } == code)
    }

    @Test(
        arguments: [
            ("0000000000", "123456789", 10), ("00", "7", 2), ("000", "-7", 3), ("00", "0", 2),
            ("0000000000", "1234567890", nil), ("0", "7", nil), ("General", "7", nil),
            ("0.00", "7", nil), ("000", "1.5", nil), ("@", "7", nil), ("", "7", nil),
        ] as [(String, String, Int?)])
    func `a format of zeros shows zeros that are not there`(
        format: String, lexeme: String, count: Int?
    ) {
        var lexeme = lexeme
        #expect(lexeme.withUTF8 { LostDigits.digitCount(shownBy: format, of: $0) } == count)
    }
}
