import Testing

@testable import Validation

struct DirectoryTests {
    private func directory(_ names: [(String, String)]) -> Directory {
        var directory = DirectoryBuilder()
        for (name, description) in names { directory.add(name, description: description) }
        return Directory(directory)
    }

    @Test func `a name is there once, letter for letter`() {
        let directory = directory([("Acme", "A"), ("Acme", "B"), ("acme", ""), ("Birch", "")])
        #expect(directory.count == 3)
        #expect(directory.description(0) == "A")
        #expect(directory.description(1) == nil)
    }

    @Test(arguments: [
        ("Acme", Directory.Answer.present(0)), ("acme", .present(0)), ("ACME", .differsByCase(0)),
        ("birch", .differsByCase(2)), ("Birc", .absent), ("", .absent),
    ])
    func `a directory answers`(name: String, answer: Directory.Answer) {
        let directory = directory([("Acme", ""), ("acme", ""), ("Birch", "")])
        var name = name
        #expect(name.withUTF8 { directory.answer(for: $0) } == answer)
    }

    private static let companies = [
        ("Acme", "R-1"), ("Acme", "R-2"), ("Birch", "R-3"), ("Birch", "R-3"), ("Cedar", ""),
        ("Cedar", ""), ("Dune", "R-5"), ("DUNE", ""), ("Elm", "Fir"), ("Fir", "R-6"),
        ("Gale", "R-7"), ("Hazel", "R-7"), ("Iris", "iris"), ("Jade", ""), ("Jade", "R-8"),
    ]

    @Test(arguments: [
        ("Acme", Directory.Match.several), ("acme", .none), ("R-1", .one), ("r-2", .one),
        ("Birch", .one), ("R-3", .one), ("Cedar", .several), ("Dune", .one), ("DUNE", .one),
        ("Elm", .one), ("Fir", .several), ("Gale", .one), ("R-7", .several), ("Iris", .one),
        ("Jade", .several), ("R-8", .one), ("", .none), ("R-9", .none),
    ])
    func `a text means a line by its name or by what stands beside it`(
        text: String, match: Directory.Match
    ) {
        let directory = directory(Self.companies)
        var text = text
        #expect(text.withUTF8 { directory.match($0) } == match)
    }

    @Test func `each line that says something of its own is kept`() {
        let directory = directory(Self.companies)
        let lines = (0..<directory.count).flatMap { position in
            directory.lines(position).map { "\(directory.name(position)) \($0)" }
        }
        let expected = [
            "Acme R-1", "Acme R-2", "Birch R-3", "Cedar ", "Cedar ", "Dune R-5", "DUNE ",
            "Elm Fir", "Fir R-6", "Gale R-7", "Hazel R-7", "Iris iris", "Jade ", "Jade R-8",
        ]
        #expect(lines == expected)
    }

    @Test func `a description of two names points to none`() {
        let directory = directory([("a", "Acme Ltd"), ("b", "acme ltd"), ("c", "Birch")])
        #expect(directory.position(ofDescription: NameKey.bytes(of: "ACME LTD")) == nil)
        #expect(directory.position(ofDescription: NameKey.bytes(of: "birch")) == 2)
    }
}
