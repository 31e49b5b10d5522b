/// What must not be written in code that ships.
enum WordingRules {
    static func violations(in file: SourceFile) -> [Violation] {
        guard let room = file.room else { return [] }
        var found = forbidden.flatMap { file.lines(containing: $0.pattern, reason: $0.reason) }
        found += file.parts.comments.filter { $0.text.contains(/\b(TODO|FIXME|XXX)\b/) }
            .map { Violation(path: file.path, line: $0.line, reason: "unfinished: TODO") }
        if room != "rowgate", !Ladder.tools.contains(room) {
            found += atTheTopOnly.flatMap { file.lines(containing: $0.pattern, reason: $0.reason) }
        }
        if let rung = Ladder.rungs[room], rung < 5 {
            found += file.lines(containing: /\b(?:async|await)\b/, reason: "async below Gate")
        }
        return found + emptyCatches(in: file)
    }

    /// A literal that names a portal. Words of a sentence are none: `close` is also a verb.
    static func portalNames(in file: SourceFile, portals: Set<String>) -> [Violation] {
        guard file.room != nil else { return [] }
        return file.parts.literals
            .filter { !$0.text.contains(where: \.isWhitespace) }
            .filter { literal in
                literal.text.split { !$0.isLetter && !$0.isNumber }
                    .contains { portals.contains(String($0)) }
            }
            .map {
                Violation(
                    path: file.path, line: $0.line, reason: "a portal is named: \"\($0.text)\"")
            }
    }

    private typealias Ban = (pattern: Regex<Substring>, reason: String)

    private static var forbidden: [Ban] {
        [
            (/\btry!/, "try!"),
            (/\btry\?/, "try?"),
            (/\bas!/, "as!"),
            (/(?:\b(?!(?:try|as)!)\w+|[)\]>])!(?!=)/, "forced unwrapping"),
            (/\bfatalError\b/, "fatalError"),
        ]
    }

    /// Rowgate's other rooms are handed the time, the environment and a place to write.
    private static var atTheTopOnly: [Ban] {
        [
            (/\b(?:print|debugPrint|dump)\(/, "only rowgate prints"),
            (/\b(?:stdout|stderr|standardOutput|standardError)\b/, "only rowgate prints"),
            (/\bDate\(\)|\bDate\.now\b|\b\w+Clock\b/, "only rowgate reads the clock"),
            (
                /\b(?:clock_gettime|gettimeofday|localtime\w*)\b|\btime\((?:nil|&)/,
                "only rowgate reads the clock"
            ),
            (
                /\b(?:getenv|environ|ProcessInfo|CommandLine)\b/,
                "only rowgate reads the environment"
            ),
            (/\b(?:setlocale|Locale|TimeZone)\b/, "only rowgate knows where it runs"),
        ]
    }

    private static func emptyCatches(in file: SourceFile) -> [Violation] {
        let code = file.parts.code.joined(separator: "\n")
        return code.matches(of: /\bcatch\b[^{}\n]*\{\s*\}/).map { match in
            let line = code[..<match.range.lowerBound].count { $0 == "\n" } + 1
            return Violation(path: file.path, line: line, reason: "an empty catch")
        }
    }
}
