/// How long files, functions and lines may be.
enum SizeRules {
    static let fileLinesMax = 400
    static let functionLinesMax = 70
    static let lineColumnsMax = 100

    static func violations(in file: SourceFile) -> [Violation] {
        longFile(file) + longLines(file) + longFunctions(file)
    }

    private static func longFile(_ file: SourceFile) -> [Violation] {
        let count = file.text.count { $0.isNewline }
        guard count > fileLinesMax else { return [] }
        return [Violation(path: file.path, line: count, reason: "a file of \(count) lines")]
    }

    private static func longLines(_ file: SourceFile) -> [Violation] {
        file.text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            .filter { $0.element.count > lineColumnsMax }
            .map {
                Violation(
                    path: file.path, line: $0.offset + 1,
                    reason: "a line of \($0.element.count) columns")
            }
    }

    private static func longFunctions(_ file: SourceFile) -> [Violation] {
        functions(in: file)
            .filter { $0.lines > functionLinesMax }
            .map {
                Violation(
                    path: file.path, line: $0.line, reason: "a function of \($0.lines) lines")
            }
    }

    /// Where each function with a body starts and how many lines it has, braces included.
    static func functions(in file: SourceFile) -> [(line: Int, lines: Int)] {
        file.lines(with: ["func", "init", "deinit", "subscript"]).compactMap { line, code in
            guard code.contains(declaration) else { return nil }
            return lastLine(ofBodyFrom: line - 1, in: file.parts.code).map { (line, $0 + 2 - line) }
        }
    }

    /// Attributes, modifiers, and what has a body.
    private static var declaration: Regex<Substring> {
        #/
        ^\s* (?: @\w+ (?: \([^)]*\) )? \s+ )*
        (?: [a-z]+ (?: \(\w+\) )? \s+ )*
        (?: func\b | init\b[?!]?\s*[<(] | deinit\b | subscript\b )
        /#
    }

    /// Braces inside the parameters, such as a default closure, open no body.
    private static func lastLine(ofBodyFrom first: Int, in code: [String]) -> Int? {
        var parentheses = 0
        var braces = 0
        var opened = false
        for index in first..<code.count {
            for character in code[index].utf8 {
                switch character {
                case UInt8(ascii: "("), UInt8(ascii: "["): parentheses += 1
                case UInt8(ascii: ")"), UInt8(ascii: "]"): parentheses -= 1
                case UInt8(ascii: "{") where opened || parentheses <= 0:
                    braces += 1
                    opened = true
                case UInt8(ascii: "}") where opened || parentheses <= 0: braces -= 1
                default: continue
                }
                if opened && braces == 0 { return index }
                if braces < 0 { return nil }
            }
        }
        return nil
    }
}
