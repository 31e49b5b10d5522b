/// Numbers as text: the lexeme that a file holds, the value it stands for, and text for people.
package enum NumberText {
    /// Below this every whole number has at most 15 digits, which is all that Excel keeps.
    package static let integerLimit = 1e15

    /// Below 2^53 every whole number is exact.
    private static let exactLimit = 9_007_199_254_740_992.0

    /// The value of a number as XML Schema writes it: sign, digits, point, exponent; else nil.
    ///
    /// No white space, no `NaN`, no `INF`, no hexadecimal; nil too when too large for a double.
    /// Source: XML Schema Part 2 §3.2.5.
    @inline(__always)
    package static func value(of lexeme: UnsafeBufferPointer<UInt8>) -> Double? {
        guard let shape = Shape(lexeme) else { return nil }
        if let value = shape.exactValue { return value }
        guard let value = Double(String(decoding: lexeme, as: UTF8.self)), value.isFinite else {
            return nil
        }
        return value
    }

    /// The value of a number as XML Schema writes it: sign, digits, point, exponent; else nil.
    package static func value(of lexeme: String) -> Double? {
        var lexeme = lexeme
        return lexeme.withUTF8 { value(of: $0) }
    }

    /// The digits of a whole number whose size is below 10^15; nil for all other numbers.
    package static func integerText(of value: Double) -> String? {
        guard value.magnitude < integerLimit, let integer = Int(exactly: value) else { return nil }
        return String(integer)
    }

    /// The digits of a lexeme that stands for a whole number below 10^15; else nil.
    package static func integerText(of lexeme: UnsafeBufferPointer<UInt8>) -> String? {
        value(of: lexeme).flatMap { integerText(of: $0) }
    }

    /// The shortest text that reads back as the same number, without a point below 2^53 when whole.
    ///
    /// A JSON number for every finite value; minus zero is `0`.
    package static func shortest(_ value: Double) -> String {
        guard value.magnitude < exactLimit, let integer = Int(exactly: value) else {
            return value.description
        }
        return String(integer)
    }
}

/// The parts of a lexeme that fits the grammar.
private struct Shape {
    private var isNegative = false
    private var hasExponent = false
    /// All digits as one number; stands only while `digitCount` is at most 15.
    private var mantissa = 0
    /// Digits from the first that is not zero.
    private var digitCount = 0
    private var fractionCount = 0

    init?(_ lexeme: UnsafeBufferPointer<UInt8>) {
        var index = 0
        if let sign = lexeme.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            isNegative = sign == UInt8(ascii: "-")
            index = 1
        }
        var length = takeDigits(lexeme, from: &index)
        if index < lexeme.count, lexeme[index] == UInt8(ascii: ".") {
            index += 1
            fractionCount = takeDigits(lexeme, from: &index)
            length += fractionCount
        }
        guard length > 0 else { return nil }
        guard index < lexeme.count else { return }
        hasExponent = true
        guard Self.isExponent(lexeme[index...]) else { return nil }
    }

    /// The value, when it can be computed without rounding twice: whole numbers of 15 digits and
    /// powers of ten up to 22 are exact doubles, so that their quotient is rounded just once.
    var exactValue: Double? {
        guard !hasExponent, digitCount <= 15, fractionCount <= 22 else { return nil }
        let magnitude = Double(mantissa) / Self.powersOfTen[fractionCount]
        return isNegative ? -magnitude : magnitude
    }

    private static let powersOfTen: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
        1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// Takes digits into the mantissa and returns how many there were.
    private mutating func takeDigits(
        _ lexeme: UnsafeBufferPointer<UInt8>, from index: inout Int
    ) -> Int {
        let start = index
        while index < lexeme.count {
            let digit = lexeme[index] &- UInt8(ascii: "0")
            guard digit < 10 else { break }
            mantissa = mantissa &* 10 &+ Int(digit)
            if digitCount > 0 || digit > 0 { digitCount += 1 }
            index += 1
        }
        return index - start
    }

    /// Whether the bytes are `e` or `E`, a sign or none, and digits.
    private static func isExponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard bytes.first.map({ $0 | 0x20 }) == UInt8(ascii: "e") else { return false }
        var digits = bytes.dropFirst()
        if let sign = digits.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            digits = digits.dropFirst()
        }
        return !digits.isEmpty && digits.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }
}
