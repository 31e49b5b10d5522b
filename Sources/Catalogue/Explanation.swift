/// What `rowgate explain` prints: the catalogue as text, made from the message files alone.
package struct Explanation: Sendable {
    private let messages: Messages

    package init(_ messages: Messages) { self.messages = messages }

    /// One code: how much it weighs, what is said about the example, and what to do; four lines
    /// or five, the last one without a line end.
    package func text(of code: Code) -> String {
        let arguments = messages.exampleArguments(code)
        let severity = messages.fragment("severity.\(code.severity.rawValue)")
        return """
            \(code.rawValue) (\(severity))
                \(messages.sentence(code, arguments))
                \(messages.fragment("remedy")): \(messages.remedy(code, arguments))
                \(messages.fragment("example")): \(messages.example(code))
            """
    }

    /// All codes by what they are about, in the order of the catalogue.
    package func text() -> String {
        Area.allCases.map(text(of:)).joined(separator: "\n\n")
    }

    private func text(of area: Area) -> String {
        let codes = Code.allCases.filter { $0.area == area }
        let title = messages.fragment("area.\(area.rawValue)")
        return ([title] + codes.map(text(of:))).joined(separator: "\n\n")
    }
}
