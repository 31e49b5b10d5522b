import Testing

@testable import Catalogue

struct MessageTextTests {
    @Test(arguments: [
        ([:], "It is wrong."),
        (["value": "a"], "It is wrong: a."),
        (["min": "1"], "It is wrong."),
        (["value": ""], "It is wrong."),
        (["min": "1", "max": "2"], "It is wrong (1 to 2)."),
        (["value": "a", "min": "1", "max": "2", "other": "b"], "It is wrong: a (1 to 2)."),
    ])
    func `an optional part stands when all its arguments are given`(
        arguments: [String: String], expected: String
    ) throws {
        let text = try MessageText("It is wrong[: {value}][ ({min} to {max})].")
        #expect(text.filled(arguments) == expected)
    }

    @Test func `a missing argument leaves a mark, not a brace`() throws {
        #expect(try MessageText("{value} is wrong.").filled([:]) == "… is wrong.")
    }

    @Test(arguments: [
        "{nobody}", "{value", "value}", "[{value}", "{value}]", "[no argument]", "[a [{value}] b]",
        "[]", "{}",
    ])
    func `braces and brackets that don't fit are refused`(source: String) {
        #expect(throws: MessagesError.self) { try MessageText(source) }
    }

    @Test(arguments: [
        ("a{value}", "a{value}"),
        ("Zoë Łąka 你好", "Zoë Łąka 你好"),
        ("a\u{1B}[31mred", "a⟨U+001B⟩[31mred"),
        ("a\nb", "a⟨U+000A⟩b"),
        ("ann\u{200B}@acme", "ann⟨U+200B⟩@acme"),
        ("abc\u{202E}cba", "abc⟨U+202E⟩cba"),
        ("x\u{E0041}", "x⟨U+E0041⟩"),
    ])
    func `what a cell holds is shown, and does nothing`(value: String, shown: String) throws {
        #expect(try MessageText("{value}").filled(["value": value]) == shown)
    }

    @Test func `an argument is cut at its limit`() throws {
        let max = MessageText.argumentCharactersMax
        let text = try MessageText("{value}")
        let (fits, long) = (
            String(repeating: "é", count: max), String(repeating: "é", count: max + 1)
        )
        #expect(text.filled(["value": fits]) == fits)
        #expect(text.filled(["value": long]) == fits + "…")
    }
}
