/// Swift source with comments and string literals told apart from code.
///
/// Code keeps its lines: comments are gone from it and each literal is an empty one, so that a
/// search in it finds code only. What stands in an interpolation is code. Regex literals are not
/// known.
struct SwiftText: Sendable {
    /// A string literal without its interpolations, and the number of its first line.
    struct Literal: Equatable, Sendable {
        let line: Int
        let text: String
    }

    /// A name, keyword or number in the code.
    struct Word: Equatable, Sendable {
        let line: Int
        let text: String
        /// The byte right after it, a space at the end of the line.
        let next: UInt8
    }

    private(set) var code: [String] = []
    private(set) var comments: [Literal] = []
    private(set) var literals: [Literal] = []
    private(set) var words: [Word] = []

    init(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        scanner.scanCode(insideInterpolation: false)
        code = String(decoding: scanner.code, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        comments = scanner.comments
        literals = scanner.literals
        words = code.enumerated().flatMap { Self.words(of: $0.element, line: $0.offset + 1) }
    }

    /// True for what a name is made of; letters beyond ASCII count.
    static func isPartOfName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func words(of code: String, line: Int) -> [Word] {
        let bytes = Array(code.utf8)
        var words: [Word] = []
        var first = 0
        for end in 0...bytes.count {
            if end < bytes.count, isPartOfName(bytes[end]) { continue }
            if first < end {
                let text = String(decoding: bytes[first..<end], as: UTF8.self)
                let next = end < bytes.count ? bytes[end] : UInt8(ascii: " ")
                words.append(Word(line: line, text: text, next: next))
            }
            first = end + 1
        }
        return words
    }
}

/// One pass over the bytes of a file; an interpolation calls back into `scanCode`.
private struct Scanner {
    let bytes: [UInt8]
    var index = 0
    var line = 1
    var code: [UInt8] = []
    var comments: [SwiftText.Literal] = []
    var literals: [SwiftText.Literal] = []

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func scanCode(insideInterpolation: Bool) {
        var depth = 0
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "/") where starts(with: "//"):
                scanLineComment()
                continue
            case UInt8(ascii: "/") where starts(with: "/*"):
                scanBlockComment()
                continue
            case UInt8(ascii: "#"), UInt8(ascii: "\""):
                if let hashes = hashesBeforeQuote() {
                    scanLiteral(hashes: hashes)
                    continue
                }
            case UInt8(ascii: "("): depth += 1
            case UInt8(ascii: ")"): depth -= 1
            default: break
            }
            if insideInterpolation, depth < 0 { return }
            code.append(take())
        }
    }

    private mutating func scanLineComment() {
        let first = index
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
        note(comment: first..<index, line: line)
    }

    private mutating func scanBlockComment() {
        let first = index
        let firstLine = line
        var depth = 0
        repeat {
            let opens = starts(with: "/*")
            let closes = starts(with: "*/")
            depth += opens ? 1 : closes ? -1 : 0
            keepLineEnd(take())
            if opens || closes { keepLineEnd(take()) }
        } while depth > 0 && index < bytes.count
        note(comment: first..<index, line: firstLine)
    }

    private mutating func scanLiteral(hashes: Int) {
        let firstLine = line
        index += hashes
        let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        let closing = quotes + String(repeating: "#", count: hashes)
        let escape = "\\" + String(repeating: "#", count: hashes)
        index += quotes.utf8.count
        code.append(contentsOf: "\"\"".utf8)
        var content: [UInt8] = []
        while index < bytes.count, !starts(with: closing) {
            if starts(with: escape) {
                index += escape.utf8.count
                scanEscape(into: &content)
            } else {
                content.append(bytes[index])
                keepLineEnd(take())
            }
        }
        index = min(index + closing.utf8.count, bytes.count)
        literals.append(.init(line: firstLine, text: String(decoding: content, as: UTF8.self)))
    }

    private mutating func scanEscape(into content: inout [UInt8]) {
        guard starts(with: "(") else {
            if index < bytes.count { keepLineEnd(take()) }
            return
        }
        index += 1
        code.append(UInt8(ascii: " "))
        scanCode(insideInterpolation: true)
        code.append(UInt8(ascii: " "))
        index = min(index + 1, bytes.count)
        content.append(UInt8(ascii: "\\"))
    }

    private mutating func take() -> UInt8 {
        defer { index += 1 }
        guard index < bytes.count else { return UInt8(ascii: " ") }
        if bytes[index] == UInt8(ascii: "\n") { line += 1 }
        return bytes[index]
    }

    /// What is left out of the code leaves its line ends in.
    private mutating func keepLineEnd(_ byte: UInt8) {
        if byte == UInt8(ascii: "\n") { code.append(byte) }
    }

    private mutating func note(comment range: Range<Int>, line: Int) {
        let text = String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
        comments.append(.init(line: line, text: text))
    }

    /// The number of `#` before the quote that opens a literal here, nil when none opens.
    private func hashesBeforeQuote() -> Int? {
        var end = index
        while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - index : nil
    }

    private func starts(with text: String) -> Bool {
        bytes[index] == text.utf8.first && bytes[index...].starts(with: text.utf8)
    }
}
