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

    /// The lines whose code, comments and literals aside, holds the pattern.
    func lines(containing pattern: Regex<Substring>, reason: String) -> [Violation] {
        parts.code.enumerated()
            .filter { $0.element.contains(pattern) }
            .map { Violation(path: path, line: $0.offset + 1, reason: reason) }
    }
}
