import Portals

/// Finds the name somebody probably meant, for a column whose names must be in a list.
struct NameSuggestion {
    /// Descriptions are compared one by one up to so many names.
    private static let nearDescriptionCountMax = 20_000

    private let judging: Judging
    private let field: Int
    private let names: Directory
    /// Keys that stand in this column already: a name that another row uses is not free.
    private let used: Set<[UInt8]>
    private let alphabet: [UInt8]

    /// Nil when the field has no list of names.
    init?(_ judging: Judging, field: Int) {
        let rule = judging.sheetDefinition.fields[field].rules.first {
            $0.kind == InDirectoryRule.kind
        }
        guard let id = rule?.parameters["directory"]?.text,
            let names = judging.known.directories[id]
        else { return nil }
        self.judging = judging
        self.field = field
        self.names = names
        used = Set(
            judging.rows.lazy.map { row in
                judging.withText(row, field) { text in
                    var key: [UInt8] = []
                    NameKey.append(text, to: &key)
                    return key
                }
            })
        alphabet = names.alphabet
    }

    /// The name a row's text describes, or the only one that is a slip away and free.
    func name(for row: Int, key: [UInt8]) -> String? {
        byDescription(row) ?? bySlip(key)
    }

    /// The name whose description equals the text, or nearly so.
    func byDescription(_ row: Int) -> String? {
        let text = judging.text(row, field)
        let key = NameKey.bytes(of: text)
        let position = names.position(ofDescription: key) ?? nearDescription(key)
        return position.map(names.name).flatMap { isFree($0) ? $0 : nil }
    }

    private func nearDescription(_ key: [UInt8]) -> Int? {
        guard names.count <= Self.nearDescriptionCountMax, key.count >= 4 else { return nil }
        let near = names.positionsByDescription.filter { EditDistance.isAtMostOne(key, $0.key) }
        return near.count == 1 ? near.first.flatMap { $0.value >= 0 ? $0.value : nil } : nil
    }

    private func bySlip(_ key: [UInt8]) -> String? {
        let found = Set(
            EditDistance.neighbours(of: key, alphabet: alphabet).compactMap {
                names.position(ofKey: $0)
            })
        guard found.count == 1, let position = found.first else { return nil }
        let name = names.name(position)
        return isFree(name) ? name : nil
    }

    private func isFree(_ name: String) -> Bool { !used.contains(NameKey.bytes(of: name)) }
}
