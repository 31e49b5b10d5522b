/// A value of a Definition together with the place where it stands, so that whoever finds it wrong
/// can say so.
struct DefinitionNode {
    let value: Value
    /// `sheets[0].fields[3]`; empty for the document.
    let path: String
    let file: String

    func error(_ fault: DefinitionFault, allowed: String) -> DefinitionError {
        DefinitionError(fault, file: file, path: path, found: value.told, allowed: allowed)
    }

    /// A scalar as text, not blank.
    func text() throws(DefinitionError) -> String {
        guard let text = value.text else { throw error(.wrongType, allowed: "a text") }
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw error(.badValue, allowed: "a text that is not blank")
        }
        return text
    }

    func boolean() throws(DefinitionError) -> Bool {
        guard let flag = value.boolean else { throw error(.wrongType, allowed: "true or false") }
        return flag
    }

    /// A whole number not below 1.
    func count() throws(DefinitionError) -> Int {
        guard let number = value.integer, number >= 1 else {
            throw error(.wrongType, allowed: "a whole number from 1")
        }
        return number
    }

    /// An id: a letter, then letters, digits, dots, hyphens and underscores.
    func id() throws(DefinitionError) -> String {
        let id = try text()
        guard id.isIdentifier else {
            throw error(.badValue, allowed: "a letter, then letters, digits, . - _")
        }
        return id
    }

    /// One of the words of an enumeration.
    func word<Word: RawRepresentable & CaseIterable>(
        _: Word.Type = Word.self
    ) throws(DefinitionError) -> Word where Word.RawValue == String {
        guard let word = value.text.flatMap(Word.init(rawValue:)) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw error(.badValue, allowed: words)
        }
        return word
    }

    /// A text in English, or a table of texts by language.
    func localizedText() throws(DefinitionError) -> LocalizedText {
        guard case .table = value else { return LocalizedText(try text()) }
        var byLanguage: [String: String] = [:]
        for (language, node) in try table().members {
            guard language.count == 2, language.allSatisfy({ "a"..."z" ~= $0 }) else {
                throw node.error(.keyUnknown, allowed: "two letters of a language: en, de")
            }
            byLanguage[language] = try node.text()
        }
        guard byLanguage["en"] != nil else {
            throw error(.keyMissing, allowed: "en, beside the other languages")
        }
        return LocalizedText(byLanguage: byLanguage)
    }

    /// The members of a list, each read by `read`.
    func list<Element>(
        of read: (DefinitionNode) throws(DefinitionError) -> Element
    ) throws(DefinitionError) -> [Element] {
        guard let members = value.list else { throw error(.wrongType, allowed: "a list") }
        var elements: [Element] = []
        for (index, member) in members.enumerated() {
            let place = "\(path)[\(index)]"
            elements.append(try read(DefinitionNode(value: member, path: place, file: file)))
        }
        return elements
    }

    /// The members of a list, or the one value that stands there instead.
    func oneOrMore<Element>(
        of read: (DefinitionNode) throws(DefinitionError) -> Element
    ) throws(DefinitionError) -> [Element] {
        guard case .list(let members) = value else { return [try read(self)] }
        guard !members.isEmpty else { throw error(.badValue, allowed: "at least one") }
        return try list(of: read)
    }

    /// A table with these keys at most; any key when none are named.
    func table(_ allowed: [String] = []) throws(DefinitionError) -> DefinitionTable {
        guard case .table(let members) = value else { throw error(.wrongType, allowed: "a table") }
        let table = DefinitionTable(
            node: self,
            members: members.map { member in
                let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                return (member.name, .init(value: member.value, path: place, file: file))
            })
        for (name, node) in table.members where !allowed.isEmpty && !allowed.contains(name) {
            throw DefinitionError(
                .keyUnknown, file: file, path: node.path, found: name,
                allowed: allowed.joined(separator: ", "))
        }
        return table
    }
}

/// The members of a table, in the order in which they were written.
struct DefinitionTable {
    let node: DefinitionNode
    let members: [(name: String, node: DefinitionNode)]

    subscript(name: String) -> DefinitionNode? { members.first { $0.name == name }?.node }

    func required(_ name: String) throws(DefinitionError) -> DefinitionNode {
        if let node = self[name] { return node }
        let place = node.path.isEmpty ? name : "\(node.path).\(name)"
        throw DefinitionError(
            .keyMissing, file: node.file, path: place, found: "nothing", allowed: "a value")
    }

    /// The members of the list `name`; empty when there is none.
    func list<Element>(
        _ name: String, of read: (DefinitionNode) throws(DefinitionError) -> Element
    ) throws(DefinitionError) -> [Element] {
        guard let node = self[name] else { return [] }
        return try node.list(of: read)
    }

    /// Whether `name` is there and true.
    func flag(_ name: String) throws(DefinitionError) -> Bool {
        try self[name]?.boolean() ?? false
    }
}

extension String {
    /// Whether this is an ASCII letter, then ASCII letters, digits, dots, hyphens and underscores.
    /// Such a text is also safe as the name of a file.
    var isIdentifier: Bool {
        guard let first = unicodeScalars.first, first.isASCII, first.properties.isAlphabetic else {
            return false
        }
        return unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "A"..."Z", "a"..."z", "0"..."9", ".", "-", "_": true
            default: false
            }
        }
    }
}
