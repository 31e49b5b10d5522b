/// What number formats say about the numbers they show (ECMA-376 Part 1 §18.8.30, §18.8.31).
package enum NumberFormat {
    /// What a number means under a format.
    package enum Meaning: Sendable {
        /// A plain number, or text.
        case number
        /// A date, a time of day, or both.
        case date
        /// An amount of time that may pass 24 hours, such as `[h]:mm`; to be taken as a number.
        case duration
    }

    /// The code of a built-in format; nil for ids that have none of their own.
    ///
    /// Ids 27 to 36 and 50 to 58 are dates whose code depends on the user's language.
    package static func code(ofBuiltIn id: Int) -> String? { builtInCodes[id] }

    /// The id of a built-in format with exactly this code.
    package static func builtInId(of code: String) -> Int? { builtInIds[code] }

    /// What a number means under a built-in format; plain for ids that are not built in.
    package static func meaning(ofBuiltIn id: Int) -> Meaning {
        switch id {
        case 46: .duration
        case 14...22, 27...36, 45, 47, 50...58: .date
        default: .number
        }
    }

    /// What a number means under a format code. Only the first section, for positive numbers,
    /// decides; quoted and escaped characters, colours, conditions and locales do not count.
    ///
    /// - Complexity: O(length), in one sweep.
    package static func meaning(of code: UnsafeBufferPointer<UInt8>) -> Meaning {
        var meaning = Meaning.number
        var index = 0
        while index < code.count {
            switch code[index] {
            case UInt8(ascii: ";"):
                return meaning
            case UInt8(ascii: "\""):
                index = position(of: UInt8(ascii: "\""), in: code, after: index)
            case UInt8(ascii: "["):
                let close = position(of: UInt8(ascii: "]"), in: code, after: index)
                if isElapsedTime(code[(index + 1)..<close]) { return .duration }
                index = close
            case UInt8(ascii: "\\"), UInt8(ascii: "_"), UInt8(ascii: "*"):
                index += 1
            case let byte:
                if isDateLetter(byte) { meaning = .date }
            }
            index += 1
        }
        return meaning
    }

    /// What a number means under a format code.
    package static func meaning(of code: String) -> Meaning {
        var code = code
        return code.withUTF8 { meaning(of: $0) }
    }

    /// The next such byte, or the end: what is opened and never closed is literal to the end.
    private static func position(
        of byte: UInt8, in code: UnsafeBufferPointer<UInt8>, after index: Int
    ) -> Int {
        code[(index + 1)...].firstIndex(of: byte) ?? code.count
    }

    /// Whether brackets hold `h`, `m` or `s` only, once or more, all the same.
    private static func isElapsedTime(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        guard let first = bytes.first else { return false }
        let letter = first | 0x20
        let units = [UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s")]
        return units.contains(letter) && bytes.allSatisfy { $0 | 0x20 == letter }
    }

    private static func isDateLetter(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "d"), UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "s"),
            UInt8(ascii: "y"):
            true
        default: false
        }
    }

    private static let builtInCodes: [Int: String] = [
        0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
        9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
        14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
        18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
        37: "#,##0 ;(#,##0)", 38: "#,##0 ;[Red](#,##0)",
        39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;[Red](#,##0.00)",
        45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
    ]

    private static let builtInIds = Dictionary(
        uniqueKeysWithValues: builtInCodes.map { ($0.value, $0.key) })
}
