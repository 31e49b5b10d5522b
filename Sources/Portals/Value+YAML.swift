import Yams

extension Value {
    /// Nodes of one document, aliases counted each time they are used. Ours have fewer than 1,000;
    /// an alias of an alias of an alias multiplies, and this is where that ends.
    static let yamlNodesMax = 100_000

    /// Reads one YAML document; an empty one is `null`.
    ///
    /// Scalars are read by the core rules of YAML 1.2: unquoted `true` and `false` are booleans,
    /// `12` is an integer, `1.50` a decimal that keeps its zero, `null`, `~` and nothing are null.
    /// Everything else is text, `Yes`, `off`, `007` and `2026-01-31` too.
    ///
    /// - Throws: `definition.malformed` for what is not YAML, has a key twice, a key that is no
    ///   text, or more than `yamlNodesMax` nodes.
    init(yaml: String, file: String) throws(DefinitionError) {
        let node: Node?
        do {
            node = try Yams.compose(yaml: yaml, .basic)
        } catch {
            throw DefinitionError(
                .malformed, file: file, path: "", found: Self.story(of: error), allowed: "YAML")
        }
        var budget = Self.yamlNodesMax
        self =
            try node.map { node throws(DefinitionError) in
                try Self.read(node, file: file, budget: &budget)
            } ?? .null
    }

    private static func read(
        _ node: Node, file: String, budget: inout Int
    ) throws(DefinitionError) -> Value {
        budget -= 1
        guard budget >= 0 else {
            throw DefinitionError(
                .malformed, file: file, path: "", found: "more than \(yamlNodesMax) nodes",
                allowed: "at most \(yamlNodesMax)")
        }
        switch node {
        case .scalar(let scalar):
            return scalar.style == .plain ? Value(plain: scalar.string) : .text(scalar.string)
        case .sequence(let sequence):
            var members: [Value] = []
            for member in sequence {
                members.append(try read(member, file: file, budget: &budget))
            }
            return .list(members)
        case .mapping(let mapping):
            return .table(try read(mapping, file: file, budget: &budget))
        case .alias:
            return .null
        }
    }

    private static func read(
        _ mapping: Node.Mapping, file: String, budget: inout Int
    ) throws(DefinitionError) -> [Member] {
        var members: [Member] = []
        for (key, node) in mapping {
            guard case .scalar(let name) = key else {
                throw DefinitionError(
                    .malformed, file: file, path: "", found: "a key that is a list or table",
                    allowed: "a text")
            }
            members.append(.init(name.string, try read(node, file: file, budget: &budget)))
        }
        return members
    }

    /// The value of an unquoted scalar.
    init(plain text: String) {
        switch text {
        case "", "~", "null": self = .null
        case "true": self = .boolean(true)
        case "false": self = .boolean(false)
        default: self = Self.number(text) ?? .text(text)
        }
    }

    /// `-12` or `1.50`: digits without a needless zero in front, then perhaps a point and digits.
    private static func number(_ text: String) -> Value? {
        // Hardly any scalar begins as a number does.
        guard let first = text.utf8.first, first < UInt8(ascii: ":") else { return nil }
        let unsigned = text.hasPrefix("-") ? text.dropFirst() : text[...]
        let parts = unsigned.split(separator: ".", omittingEmptySubsequences: false)
        let digits = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        }
        guard digits, let whole = parts.first, whole == "0" || !whole.hasPrefix("0") else {
            return nil
        }
        switch parts.count {
        case 1: return Int(text).map(Value.integer) ?? .decimal(text)
        case 2: return .decimal(text)
        default: return nil
        }
    }

    private static func story(of error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "line \(mark.line), column \(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let keys, let context):
            "line \(context.mark.line): \(keys.joined(separator: ", ")) more than once"
        case .reader(let problem, _, _, _): problem
        default: "something that cannot be read"
        }
    }
}

extension Value {
    /// The value as an error tells it.
    var told: String {
        switch self {
        case .null: "nothing"
        case .list: "a list"
        case .table: "a table"
        case .text(let text): text.isEmpty ? "an empty text" : text
        default: text ?? "nothing"
        }
    }
}
