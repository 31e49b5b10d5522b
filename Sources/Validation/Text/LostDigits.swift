import Catalogue
import Spreadsheet

/// What a number cell in a text column has lost of the digits somebody typed.
enum LostDigits {
    /// The code that says so; nil when the number stands for all its digits.
    static func code(of lexeme: UnsafeBufferPointer<UInt8>) -> Code? {
        guard let value = NumberText.value(of: lexeme) else { return .cellNotText }
        if hidesDigits(lexeme) { return .cellScientificNotation }
        if NumberText.integerText(of: value) != nil { return nil }
        return value.magnitude < NumberText.integerLimit ? .cellNotText : .cellPrecisionLost
    }

    /// Whether an exponent stands for more digits than there are: `1.23457E+11` was cut, while
    /// `1.23456789012E11`, which Java writes, is whole.
    private static func hidesDigits(_ lexeme: UnsafeBufferPointer<UInt8>) -> Bool {
        let parts = lexeme.split(maxSplits: 1) { $0 | 0x20 == 0x65 }
        guard parts.count == 2, let exponent = Int(String(decoding: parts[1], as: UTF8.self)) else {
            return false
        }
        let fraction = parts[0].drop { $0 != 0x2E }.dropFirst()
        return exponent > fraction.count
    }

    /// How many digits a format such as `0000000000` shows, when the number has fewer: the zeros at
    /// its beginning are shown, but not there.
    static func digitCount(
        shownBy format: String, of lexeme: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        guard format.utf8.allSatisfy({ $0 == 0x30 }),
            let digits = NumberText.integerText(of: lexeme)
        else { return nil }
        let count = digits.utf8.count { $0 != 0x2D }
        return count < format.utf8.count ? format.utf8.count : nil
    }
}
