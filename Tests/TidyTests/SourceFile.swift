/// One Swift file: where it is, and its text taken apart.
struct SourceFile: Sendable {
    /// Relative to the root of the checkout, such as `Sources/Zip/Archive.swift`.
    let path: String
    let text: String
    let parts: SwiftText

    init(path: String, text: String) {
        self.path = path
        self.text = text
        parts = SwiftText(text)
    }

    /// The target's folder below `Sources`, nil for tests.
    var room: String? {
        let components = path.split(separator: "/")
        return components.first == "Sources" && components.count > 2 ? String(components[1]) : nil
    }

    /// The lines of code, comments and literals aside, that hold one of the words.
    func lines(with words: Set<String>) -> [(line: Int, code: String)] {
        Set(parts.words.filter { words.contains($0.text) }.map(\.line)).sorted()
            .map { ($0, parts.code[$0 - 1]) }
    }
}
