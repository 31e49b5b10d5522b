import Testing

/// The house rules, held over the repository's own text.
struct HouseRuleTests {
    @Test func `no import climbs the ladder or passes a wall`() throws {
        try expectNone(ImportRules.violations(in:))
    }

    @Test func `Package.swift names lower rungs only, and the table here names every room`() throws
    {
        let package = ImportRules.dependencies(in: try Repository.text(of: "Package.swift"))
        // The libraries of the system have a wall around them and depend on nothing.
        let rooms = Ladder.rungs.keys.filter { Ladder.walls[$0] == nil }
        #expect(package.keys.sorted() == rooms.sorted())
        for (room, lower) in package {
            let climbing = lower.filter { !Ladder.room(room, mayImport: $0) }
            #expect(climbing == [], "\(room) depends on a rung that is not lower")
        }
    }

    @Test func `nothing forced, swallowed or unfinished, and one room knows the world`() throws {
        try expectNone(WordingRules.violations(in:))
    }

    @Test func `files, functions and lines are short`() throws {
        try expectNone(SizeRules.violations(in:))
    }

    @Test func `no portal is named in code`() throws {
        let portals = Set(try Repository.folders(in: "Templates"))
        #expect(!portals.isEmpty)
        try expectNone { WordingRules.portalNames(in: $0, portals: portals) }
    }

    @Test func `every target has a line in the map`() throws {
        let map = try Repository.text(of: "Sources/README.md")
        for target in try Repository.folders(in: "Sources") {
            #expect(map.contains("`\(target)`"), "Sources/README.md says nothing about \(target)")
        }
    }

    private func expectNone(_ rule: (SourceFile) -> [Violation]) throws {
        let files = try Repository.swiftFiles.get()
        #expect(files.count > 20)
        let found = files.flatMap(rule).map(\.description)
        #expect(found == [], "\(found.joined(separator: "\n"))")
    }
}
