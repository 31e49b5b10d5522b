/// A text with places for arguments, read once and filled in often.
///
/// `{cells}` is replaced by the argument of that name. What stands in `[ ]` is left out when an
/// argument in it is missing or empty, so that a text reads well whatever is known.
package struct MessageText: Sendable {
    /// Characters of one argument that are shown; the rest becomes "…". A cell holds up to 32,767,
    /// and a sentence must stay one that is read.
    package static let argumentCharactersMax = 300

    fileprivate enum Piece {
        case text(String)
        case argument(String)
        case optional([Piece])
    }

    private let pieces: [Piece]

    /// - Throws: what is wrong with the braces and brackets; `path` is left for the caller.
    package init(_ source: String) throws(MessagesError) {
        var rest = source[...].utf8
        var pieces: [Piece] = []
        while let next = try Self.piece(&rest, inOptional: false) { pieces.append(next) }
        self.pieces = pieces
    }

    /// The names of its arguments: those it cannot do without, and those it can.
    package var arguments: (needed: Set<String>, optional: Set<String>) {
        var (needed, optional): (Set<String>, Set<String>) = ([], [])
        for piece in pieces {
            switch piece {
            case .text: break
            case .argument(let name): needed.insert(name)
            case .optional(let inner): optional.formUnion(inner.compactMap(\.name))
            }
        }
        return (needed, optional)
    }

    /// The text with its arguments in place; "…" stands for one that is missing outside of `[ ]`.
    package func filled(_ arguments: [String: String]) -> String {
        var result = ""
        for piece in pieces { piece.write(arguments, to: &result) }
        return result
    }
}

// MARK: - Reading

extension MessageText {
    /// Braces and brackets are ASCII: they are looked for among the bytes.
    private typealias Rest = Substring.UTF8View

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte | 0x20 == UInt8(ascii: "{") || byte | 0x20 == UInt8(ascii: "}")
    }

    private static func piece(
        _ rest: inout Rest, inOptional: Bool
    ) throws(MessagesError) -> Piece? {
        guard let first = rest.first else { return nil }
        switch first {
        case UInt8(ascii: "{"): return .argument(try name(&rest))
        case UInt8(ascii: "[") where !inOptional: return .optional(try optional(&rest))
        case UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "}"):
            let sign = Unicode.Scalar(first)
            throw MessagesError(
                found: "\(sign) in “\(Substring(rest))”", allowed: "{argument} and [ ] in pairs")
        default:
            let text = rest.prefix { !isSpecial($0) }
            rest = rest[text.endIndex...]
            return .text(String(Substring(text)))
        }
    }

    private static func name(_ rest: inout Rest) throws(MessagesError) -> String {
        let bytes = rest.dropFirst().prefix { $0 != UInt8(ascii: "}") }
        let name = String(Substring(bytes))
        guard MessageArgument(rawValue: name) != nil, bytes.endIndex < rest.endIndex else {
            let names = MessageArgument.allCases.map(\.rawValue).joined(separator: ", ")
            throw MessagesError(found: "{\(name)", allowed: "one of \(names) in braces")
        }
        rest = rest[bytes.endIndex...].dropFirst()
        return name
    }

    private static func optional(_ rest: inout Rest) throws(MessagesError) -> [Piece] {
        let whole = rest
        rest = rest.dropFirst()
        var pieces: [Piece] = []
        while let next = rest.first, next != UInt8(ascii: "]") {
            guard let piece = try piece(&rest, inOptional: true) else { break }
            pieces.append(piece)
        }
        guard rest.popFirst() == UInt8(ascii: "]"), pieces.contains(where: { $0.name != nil })
        else {
            throw MessagesError(
                found: "“\(Substring(whole))”", allowed: "[ ] with an {argument} inside")
        }
        return pieces
    }
}

// MARK: - Writing

extension MessageText.Piece {
    fileprivate var name: String? {
        if case .argument(let name) = self { name } else { nil }
    }

    fileprivate func write(_ arguments: [String: String], to result: inout String) {
        switch self {
        case .text(let text): result += text
        case .argument(let name): result += arguments[name].map(MessageText.shown) ?? "…"
        case .optional(let inner):
            let isKnown = inner.compactMap(\.name).allSatisfy { arguments[$0]?.isEmpty == false }
            guard isKnown else { return }
            for piece in inner { piece.write(arguments, to: &result) }
        }
    }
}

extension MessageText {
    /// An argument as people may see it: what cannot be seen is named, what is too long is cut.
    ///
    /// Without this a cell could steer the terminal it is printed on, or turn a line's direction.
    package static func shown(_ argument: String) -> String {
        let isShort = argument.utf8.count <= argumentCharactersMax
        if isShort && argument.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return argument }
        // What is behind is not even counted: the same long text may stand in every row.
        let beginning = argument.prefix(argumentCharactersMax)
        var result = ""
        for scalar in beginning.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                let zeros = String(repeating: "0", count: Swift.max(0, 4 - digits.count))
                result += "⟨U+\(zeros)\(digits)⟩"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return beginning.endIndex < argument.endIndex ? result + "…" : result
    }
}
