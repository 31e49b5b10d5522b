import Embedding
import Testing

struct EmbeddingTests {
    @Test func `what is read is what was written`() {
        let tokens: [EmbeddedToken] = [
            .table(count: 2), .plain("a"), .list(count: 12), .quoted(""), .plain("12:"),
            .quoted("“é\n\u{1F600}”\""), .list(count: 0),
            .plain(String(repeating: "x", count: 1000)),
        ]
        var writer = EmbeddedWriter()
        for token in tokens { writer.append(token) }
        var reader = EmbeddedReader(writer.text)
        #expect(tokens.map { _ in reader.next() } == tokens)
    }

    @Test func `a table has its names before its values`() {
        var writer = EmbeddedWriter()
        for token in [EmbeddedToken.table(count: 1), .plain("codes"), .list(count: 0)] {
            writer.append(token)
        }
        #expect(writer.text == "t1:p5:codesl0:")
    }

    @Test func `what is passed over is passed over whole`() {
        var writer = EmbeddedWriter()
        let passed: [EmbeddedToken] = [
            .table(count: 2), .plain("a"), .list(count: 2), .plain("b"), .quoted("c"),
            .plain("d"), .table(count: 0),
        ]
        for token in passed + [.quoted("rest")] { writer.append(token) }
        var reader = EmbeddedReader(writer.text)
        reader.skip()
        #expect(reader.nextText() == "rest")
    }
}
