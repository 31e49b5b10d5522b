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

    @Test func `a description of two names points to none`() {
        let directory = directory([("a", "Acme Ltd"), ("b", "acme ltd"), ("c", "Birch")])
        #expect(directory.position(ofDescription: NameKey.bytes(of: "ACME LTD")) == nil)
        #expect(directory.position(ofDescription: NameKey.bytes(of: "birch")) == 2)
    }
}
