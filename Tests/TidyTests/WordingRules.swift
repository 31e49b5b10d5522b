/// What must not be written in code that ships.
enum WordingRules {
    static func violations(in file: SourceFile) -> [Violation] {
        guard let room = file.room else { return [] }
        var bans = forbidden
        if room != "rowgate", !Ladder.tools.contains(room) {
            bans += atTheTopOnly
            if !Ladder.roomsWithDeadlines.contains(room) { bans += [stopwatch] }
        }
        if let rung = Ladder.rungs[room], rung < 5 { bans += belowGate }
        return banned(bans, in: file) + forcedUnwrappings(in: file) + emptyCatches(in: file)
            + unfinished(in: file)
    }

    /// Words that stand in sentences too, and name no portal there: `close` is also a verb.
    private static let ordinaryWords: Set<String> = ["close", "dimensions", "studio"]

    /// A literal that names a portal.
    static func portalNames(in file: SourceFile, portals: Set<String>) -> [Violation] {
        guard file.room != nil else { return [] }
        return file.parts.literals
            .filter { literal in
                let isSentence = literal.text.contains(where: \.isWhitespace)
                let names = isSentence ? portals.subtracting(ordinaryWords) : portals
                return literal.text.split { !$0.isLetter && !$0.isNumber }
                    .contains { names.contains(isSentence ? $0.lowercased() : String($0)) }
            }
            .map {
                Violation(
                    path: file.path, line: $0.line, reason: "a portal is named: \"\($0.text)\"")
            }
    }

    /// Words that must not stand in code, at all or only with one of these characters after them.
    private struct Ban {
        let words: Set<String>
        var before: String?
        let reason: String
    }

    private static let forbidden = [
        Ban(words: ["try"], before: "!", reason: "try!"),
        Ban(words: ["try"], before: "?", reason: "try?"),
        Ban(words: ["as"], before: "!", reason: "as!"),
        Ban(words: ["fatalError"], reason: "fatalError"),
    ]

    /// Rowgate's other rooms are handed the time, the environment and a place to write.
    private static let atTheTopOnly = [
        Ban(words: ["print", "debugPrint", "dump"], before: "(", reason: "only rowgate prints"),
        Ban(
            words: ["stdout", "stderr", "standardOutput", "standardError"],
            reason: "only rowgate prints"),
        Ban(words: ["Date", "time", "clock"], before: "(", reason: "only rowgate reads the clock"),
        Ban(
            words: ["clock_gettime", "gettimeofday", "localtime", "localtime_r"],
            reason: "only rowgate reads the clock"),
        Ban(
            words: ["getenv", "environ", "ProcessInfo", "CommandLine"],
            reason: "only rowgate reads the environment"),
        Ban(
            words: ["setlocale", "Locale", "TimeZone"], reason: "only rowgate knows where it runs"),
    ]

    private static let stopwatch = Ban(
        words: ["ContinuousClock", "SuspendingClock"], reason: "only deadlines need a clock")

    private static let belowGate = [
        Ban(words: ["async", "await"], reason: "async below Gate")
    ]

    private static func banned(_ bans: [Ban], in file: SourceFile) -> [Violation] {
        file.parts.words.flatMap { word in
            bans.filter { ban in
                ban.words.contains(word.text)
                    && ban.before.map { $0.utf8.contains(word.next) } ?? true
            }
            .map { Violation(path: file.path, line: word.line, reason: $0.reason) }
        }
    }

    private static func forcedUnwrappings(in file: SourceFile) -> [Violation] {
        file.parts.code.enumerated()
            .filter { $0.element.utf8.contains(UInt8(ascii: "!")) }
            .filter { $0.element.contains(/(?:\b(?!(?:try|as)!)\w+|[)\]>])!(?!=)/) }
            .map { Violation(path: file.path, line: $0.offset + 1, reason: "forced unwrapping") }
    }

    private static func emptyCatches(in file: SourceFile) -> [Violation] {
        file.lines(with: ["catch"]).compactMap { line, _ in
            let rest = file.parts.code[(line - 1)...].prefix(3).joined(separator: "\n")
            guard rest.contains(/\bcatch\b[^{}\n]*\{\s*\}/) else { return nil }
            return Violation(path: file.path, line: line, reason: "an empty catch")
        }
    }

    private static func unfinished(in file: SourceFile) -> [Violation] {
        file.parts.comments
            .filter { $0.text.contains(/\b(?:TODO|FIXME|XXX)\b/) }
            .map { Violation(path: file.path, line: $0.line, reason: "unfinished: TODO") }
    }
}
