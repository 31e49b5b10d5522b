import Spreadsheet

/// Whole numbers as fields of counts and days take them.
package enum WholeNumber {
    /// The number that a text writes: ASCII digits with a sign or none, white space around them.
    ///
    /// Nil for anything else, so for `1.000` and `1,000`, which are a thousand to some and one to
    /// others, and for what has no place in an `Int`.
    package static func value(ofText text: UnsafeBufferPointer<UInt8>) -> Int? {
        let text = Trimming.trimmed(text)
        let isNegative = text.first == UInt8(ascii: "-")
        let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        guard !digits.isEmpty else { return nil }
        var value = 0
        for byte in digits {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (shifted, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            // Counted downwards for a minus: `Int.min` has no counterpart.
            let (next, isTooFar) = shifted.addingReportingOverflow(
                isNegative ? -Int(digit) : Int(digit))
            guard !isTooLarge, !isTooFar else { return nil }
            value = next
        }
        return value
    }

    /// The number that a text writes.
    package static func value(ofText text: String) -> Int? {
        var text = text
        return text.withUTF8 { value(ofText: $0) }
    }

    /// The number that a number cell holds, from its lexeme; nil unless it is whole and below
    /// 10^15, up to where a spreadsheet keeps every digit.
    package static func value(ofNumber lexeme: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let value = NumberText.value(of: lexeme),
            value.magnitude < NumberText.integerLimit
        else { return nil }
        return Int(exactly: value)
    }

    /// The number that a number cell holds.
    package static func value(ofNumber lexeme: String) -> Int? {
        var lexeme = lexeme
        return lexeme.withUTF8 { value(ofNumber: $0) }
    }
}
