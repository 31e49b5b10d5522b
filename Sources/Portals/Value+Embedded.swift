import Embedding

extension Value {
    /// Reads a document that was YAML when the package was built, as `init(yaml:file:)` would.
    init(embedded text: String) {
        var reader = EmbeddedReader(text)
        self.init(next: &reader)
    }

    private init(next reader: inout EmbeddedReader) {
        switch reader.next() {
        case .plain(let text): self.init(plain: text)
        case .quoted(let text): self = .text(text)
        case .list(let count): self = .list((0..<count).map { _ in Value(next: &reader) })
        case .table(let count):
            self = .table(
                (0..<count).map { _ in Member(reader.nextText() ?? "", Value(next: &reader)) })
        }
    }
}
