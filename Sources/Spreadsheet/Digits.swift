/// Runs of ASCII digits, as dates and times have them.
package enum Digits {
    /// The number that up to nine digits write; nil for none, more, or any other byte.
    package static func value(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard (1...9).contains(bytes.count) else { return nil }
        var number = 0
        for byte in bytes {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }

    /// A number that is not negative, filled up with zeros on the left.
    static func text(_ number: Int, width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
