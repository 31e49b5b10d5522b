import Embedding

/// One decoded message file.
struct MessageFile: Sendable {
    struct Texts: Sendable {
        var sentence: MessageText
        var remedy: MessageText
        var example: String
        var exampleArguments: [String: String]
    }

    private(set) var codes: [Code: Texts] = [:]
    private(set) var fragments: [String: MessageText] = [:]

    /// - Throws: for an unknown code or key, a code without its texts, and braces that do not fit.
    init(embedded text: String, file: String) throws(MessagesError) {
        var reader = EmbeddedReader(text)
        do throws(MessagesError) {
            try Self.forEachMember(&reader) { (part, reader) throws(MessagesError) in
                switch part {
                case "codes":
                    try Self.forEachMember(&reader) { (name, reader) throws(MessagesError) in
                        codes[try Self.code(name)] = try Texts(&reader)
                    }
                case "fragments":
                    try Self.forEachMember(&reader) { (id, reader) throws(MessagesError) in
                        fragments[id] = try Self.messageText(&reader)
                    }
                default: reader.skip()
                }
            }
        } catch {
            throw error.within("", of: file)
        }
    }

    private static func code(_ name: String) throws(MessagesError) -> Code {
        guard let code = Code(rawValue: name) else {
            throw MessagesError(found: name, allowed: "a code")
        }
        return code
    }

    /// Reads a table; what is thrown is told with the names above it.
    fileprivate static func forEachMember(
        _ reader: inout EmbeddedReader,
        _ body: (String, inout EmbeddedReader) throws(MessagesError) -> Void
    ) throws(MessagesError) {
        guard case .table(let count) = reader.next() else {
            throw MessagesError(found: "no table", allowed: "a table")
        }
        for _ in 0..<count {
            let name = reader.nextText() ?? ""
            do throws(MessagesError) { try body(name, &reader) } catch { throw error.within(name) }
        }
    }

    fileprivate static func messageText(
        _ reader: inout EmbeddedReader
    ) throws(MessagesError) -> MessageText {
        try MessageText(try text(&reader))
    }

    fileprivate static func text(_ reader: inout EmbeddedReader) throws(MessagesError) -> String {
        guard let text = reader.nextText(), !text.isEmpty else {
            throw MessagesError(found: "nothing", allowed: "a text")
        }
        return text
    }
}

extension MessageFile.Texts {
    fileprivate init(_ reader: inout EmbeddedReader) throws(MessagesError) {
        var (sentence, remedy): (MessageText?, MessageText?)
        var example: String?
        var arguments: [String: String] = [:]
        try MessageFile.forEachMember(&reader) { (name, reader) throws(MessagesError) in
            switch name {
            case "sentence": sentence = try MessageFile.messageText(&reader)
            case "remedy": remedy = try MessageFile.messageText(&reader)
            case "example": example = try MessageFile.text(&reader)
            case "with":
                try MessageFile.forEachMember(&reader) { (name, reader) throws(MessagesError) in
                    arguments[name] = try MessageFile.text(&reader)
                }
            default: throw MessagesError(found: name, allowed: "sentence, remedy, example, with")
            }
        }
        guard let sentence, let remedy, let example else {
            throw MessagesError(found: "nothing", allowed: "sentence, remedy, example")
        }
        self.init(
            sentence: sentence, remedy: remedy, example: example, exampleArguments: arguments)
    }
}

extension MessagesError {
    /// The error with the name of what it is in before its path.
    fileprivate func within(_ name: String, of file: String = "") -> MessagesError {
        let path = [name, path].filter { !$0.isEmpty }.joined(separator: ".")
        return MessagesError(file: file, path: path, found: found, allowed: allowed)
    }
}
