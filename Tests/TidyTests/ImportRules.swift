/// What a file may import.
enum ImportRules {
    static func violations(in file: SourceFile) -> [Violation] {
        guard let room = file.room else { return [] }
        return imports(of: file).compactMap { line, module in
            reason(module: module, room: room, path: file.path)
                .map { Violation(path: file.path, line: line, reason: $0) }
        }
    }

    /// The dependencies of each room as `Package.swift` lists them.
    static func dependencies(in package: String) -> [String: [String]] {
        let room = /room\(\s*"(?<name>\w+)"(?:,\s*on:\s*\[(?<lower>[^\]]*)\])?/
        let executable = /name: "(?<name>rowgate)",\s*dependencies: \[(?<lower>[^\]]*)\]/
        var found: [String: [String]] = [:]
        for match in package.matches(of: room) {
            found[String(match.name)] = quoted(in: match.lower ?? "")
        }
        for match in package.matches(of: executable) {
            found[String(match.name)] = quoted(in: match.lower)
        }
        return found
    }

    private static func quoted(in list: Substring) -> [String] {
        list.matches(of: /"(\w+)"/).map { String($0.1) }
    }

    private static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        let pattern = /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|private)\s+)?import\s+(\w+)/
        return file.lines(with: ["import"]).compactMap { line, code in
            code.firstMatch(of: pattern).map { (line, String($0.1)) }
        }
    }

    private static func reason(module: String, room: String, path: String) -> String? {
        if !Ladder.room(room, mayImport: module) {
            return "\(room) must not know \(module), which is no lower rung"
        }
        if let importers = Ladder.walls[module], !importers.contains(room) {
            return "\(module) is imported by \(importers.sorted().joined(separator: " and ")) only"
        }
        if module.hasPrefix("Foundation"),
            !Ladder.foldersWithFoundation.contains(where: path.hasPrefix)
        {
            return "\(room) does without Foundation"
        }
        return nil
    }
}
