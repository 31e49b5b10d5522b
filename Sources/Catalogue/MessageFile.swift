import Yams

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

    /// - Throws: for what is not YAML, an unknown code or key, a code without its texts, and braces
    ///   that do not fit.
    init(yaml: String, file: String) throws(MessagesError) {
        do {
            let root = try Self.members(of: try Yams.compose(yaml: yaml, .basic), "")
            for (name, node) in try Self.members(of: root["codes"], "codes") {
                guard let code = Code(rawValue: name) else {
                    throw MessagesError(path: "codes", found: name, allowed: "a code")
                }
                codes[code] = try Self.texts(node, "codes.\(name)")
            }
            for (id, node) in try Self.members(of: root["fragments"], "fragments") {
                fragments[id] = try Self.text(node, "fragments.\(id)")
            }
        } catch var error as MessagesError {
            error.file = file
            throw error
        } catch {
            throw MessagesError(file: file, found: "\(error)", allowed: "YAML")
        }
    }

    private static func texts(_ node: Node, _ path: String) throws(MessagesError) -> Texts {
        var members = try members(of: node, path)
        let texts = Texts(
            sentence: try text(members.removeValue(forKey: "sentence"), "\(path).sentence"),
            remedy: try text(members.removeValue(forKey: "remedy"), "\(path).remedy"),
            example: try scalar(members.removeValue(forKey: "example"), "\(path).example"),
            exampleArguments: try arguments(members.removeValue(forKey: "with"), "\(path).with"))
        if let name = members.keys.min() {
            throw MessagesError(
                path: path, found: name, allowed: "sentence, remedy, example, with")
        }
        return texts
    }

    private static func arguments(
        _ node: Node?, _ path: String
    ) throws(MessagesError) -> [String: String] {
        guard let node else { return [:] }
        var arguments: [String: String] = [:]
        for (name, member) in try members(of: node, path) {
            arguments[name] = try scalar(member, "\(path).\(name)")
        }
        return arguments
    }

    private static func text(_ node: Node?, _ path: String) throws(MessagesError) -> MessageText {
        let source = try scalar(node, path)
        do {
            return try MessageText(source)
        } catch {
            throw MessagesError(path: path, found: error.found, allowed: error.allowed)
        }
    }

    private static func scalar(_ node: Node?, _ path: String) throws(MessagesError) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw MessagesError(path: path, found: "nothing", allowed: "a text")
        }
        return scalar.string
    }

    private static func members(
        of node: Node?, _ path: String
    ) throws(MessagesError) -> [String: Node] {
        guard case .mapping(let mapping) = node else {
            throw MessagesError(path: path, found: "no table", allowed: "a table")
        }
        var members: [String: Node] = [:]
        for (key, value) in mapping { members[try scalar(key, path)] = value }
        return members
    }
}
