/// How text becomes markup: what XML wants escaped, and what XML cannot hold at all.
///
/// Bytes that are no UTF-8 become U+FFFD. The output is well formed whatever the input.
package enum XMLEscaping {
    /// Where a text goes decides what is escaped.
    package enum Rules: Sendable {
        /// Content or an attribute of any vocabulary; white space but the blank as `&#10;`.
        case markup
        /// An attribute or formula of a workbook: as `markup`, and literal `_x0041_` as
        /// `_x005F_x0041_`, which readers turn back (ECMA-376 Part 1 §22.9.2.19 `ST_Xstring`).
        case workbookText
        /// The text of a cell: as `workbookText`, but TAB and LF as they are, CR as `_x000D_`.
        case cellText
    }

    /// Appends a text; characters that XML 1.0 cannot hold become `_xHHHH_`.
    ///
    /// - Complexity: O(length). Runs that need nothing are copied whole.
    package static func append(
        _ text: UnsafeBufferPointer<UInt8>, as rules: Rules, to bytes: inout [UInt8]
    ) {
        var runStart = 0
        var index = 0
        while true {
            index = plainEnd(of: text, from: index)
            if index == text.count { break }
            let token = Token(at: index, in: text, rules: rules)
            if token.replacement != .none {
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart..<index]))
                token.replacement.append(to: &bytes)
                runStart = index + token.length
            }
            index += token.length
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[runStart...]))
    }

    /// Where the bytes that stand for themselves end; eight of them at a time.
    @inline(__always)
    private static func plainEnd(of text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let bytes = UnsafeRawBufferPointer(text)
        var index = start
        while index + 8 <= bytes.count,
            isPlain(bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        {
            index += 8
        }
        while index < bytes.count, isPlain(bytes[index]) { index += 1 }
        return index
    }

    /// Whether all eight bytes of a word stand for themselves. Subtracting borrows from the highest
    /// bit of a byte where that byte is too small, and a byte that equals another is zero once they
    /// are combined; borrows spoil only bytes above one that was found.
    @inline(__always)
    private static func isPlain(_ word: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        func zeros(_ character: UInt8) -> UInt64 {
            let word = word ^ ones &* UInt64(character)
            return (word &- ones) & ~word
        }
        let found =
            word | (word &- ones &* 0x20) & ~word | zeros(UInt8(ascii: "&"))
            | zeros(UInt8(ascii: "<")) | zeros(UInt8(ascii: ">")) | zeros(UInt8(ascii: "\""))
            | zeros(UInt8(ascii: "_"))
        return found & (ones &* 0x80) == 0
    }

    /// Whether a byte stands for itself whatever the rules and its neighbours.
    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "&") && byte != UInt8(ascii: "<")
            && byte != UInt8(ascii: ">") && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "_")
    }
}

/// One character that may need escaping: its length in bytes and what stands for it.
private struct Token {
    let length: Int
    let replacement: Replacement

    init(at index: Int, in text: UnsafeBufferPointer<UInt8>, rules: XMLEscaping.Rules) {
        let byte = text[index]
        if byte < 0x80 {
            length = 1
            replacement = Self.replacement(of: byte, at: index, in: text, rules: rules)
        } else if let scalarLength = Self.scalarLength(at: index, in: text) {
            length = scalarLength
            replacement = Self.noncharacter(at: index, length: scalarLength, in: text)
        } else {
            length = 1
            replacement = .replacementCharacter
        }
    }

    private static func replacement(
        of byte: UInt8, at index: Int, in text: UnsafeBufferPointer<UInt8>, rules: XMLEscaping.Rules
    ) -> Replacement {
        switch byte {
        case UInt8(ascii: "&"): .markup("&amp;")
        case UInt8(ascii: "<"): .markup("&lt;")
        case UInt8(ascii: ">"): .markup("&gt;")
        case UInt8(ascii: "\""): rules == .cellText ? .none : .markup("&quot;")
        case UInt8(ascii: "_"):
            rules != .markup && isEscape(at: index, in: text) ? .markup("_x005F_") : .none
        case 0x09: rules == .cellText ? .none : .markup("&#9;")
        case 0x0A: rules == .cellText ? .none : .markup("&#10;")
        case 0x0D: rules == .cellText ? .code(0x0D) : .markup("&#13;")
        case 0..<0x20: .code(UInt16(byte))
        default: .none
        }
    }

    /// Whether `_xHHHH_` stands here, which a reader of workbooks would decode, or would come to
    /// stand here because the character after `_xHHHH` is written as one.
    private static func isEscape(at index: Int, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard index + 6 < text.count, text[index + 1] == UInt8(ascii: "x"),
            text[(index + 2)..<(index + 6)].allSatisfy(isHexadecimal)
        else { return false }
        let next = text[index + 6]
        return next == UInt8(ascii: "_") || next < 0x20 && next != 0x09 && next != 0x0A
            || next == 0xEF && scalarLength(at: index + 6, in: text) == 3
                && noncharacter(at: index + 6, length: 3, in: text) != .none
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
    }

    /// The length of the UTF-8 sequence that begins here; nil when it is none.
    ///
    /// Source: Unicode 15, table 3-7.
    private static func scalarLength(
        at index: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        let (length, second): (Int, ClosedRange<UInt8>)
        switch text[index] {
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return nil
        }
        guard index + length <= text.count, second.contains(text[index + 1]) else { return nil }
        for next in (index + 1)..<(index + length) where text[next] & 0xC0 != 0x80 { return nil }
        return length
    }

    /// U+FFFE and U+FFFF are valid UTF-8 but no XML characters.
    private static func noncharacter(
        at index: Int, length: Int, in text: UnsafeBufferPointer<UInt8>
    ) -> Replacement {
        guard length == 3, text[index] == 0xEF, text[index + 1] == 0xBF, text[index + 2] >= 0xBE
        else { return .none }
        return .code(text[index + 2] == 0xBE ? 0xFFFE : 0xFFFF)
    }
}

/// What is written in place of a character.
private enum Replacement: Equatable {
    /// The character itself.
    case none
    case markup(String)
    /// `_xHHHH_` with this number.
    case code(UInt16)

    static let replacementCharacter = markup("\u{FFFD}")

    func append(to bytes: inout [UInt8]) {
        switch self {
        case .none: break
        case .markup(let text): bytes.append(contentsOf: text.utf8)
        case .code(let number):
            let digits = String(number, radix: 16, uppercase: true)
            let zeros = String(repeating: "0", count: 4 - digits.utf8.count)
            bytes.append(contentsOf: "_x\(zeros)\(digits)_".utf8)
        }
    }
}
