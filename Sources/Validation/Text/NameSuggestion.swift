import Portals

/// Finds the name somebody probably meant, for a column whose names must be in a list.
struct NameSuggestion {
    /// Descriptions are compared one by one up to so many names.
    private static let nearDescriptionCountMax = 20_000
    /// Shortest description, in bytes, of which all but one letter says enough.
    private static let nearDescriptionSizeMin = 4
    /// Longest name, in bytes, that is looked for with a slip in it: every letter is tried in every
    /// place, and names of domains have 64 letters at most.
    private static let slipSizeMax = 128

    private let names: Directory
    /// Names that stand in this column already are not free.
    private let used: RowSet
    private let filter: KeyFilter
    /// Normalised descriptions by their size, with the position of the name; -1: of several.
    private let descriptions: [Int: [(key: [UInt8], position: Int)]]

    /// Nil when the field has no list of names.
    ///
    /// - Parameter used: names that stand in well-formed cells of the column; nil: not known yet.
    init?(_ judging: Judging, field: Int, used known: RowSet?) {
        let rule = judging.sheetDefinition.fields[field].rules.first {
            $0.kind == InDirectoryRule.kind
        }
        guard let id = rule?.parameters["directory"]?.text,
            let names = judging.known.directories[id]
        else { return nil }
        self.names = names
        var used = known ?? RowSet()
        for row in judging.rows {
            let form = judging.form(row, field)
            if form == .blank || known != nil && form == .wellFormed { continue }
            if let position = judging.withText(row, field, names.answer).position {
                used.insert(position)
            }
        }
        self.used = used
        filter = names.filter()
        let isShort = names.count <= Self.nearDescriptionCountMax
        descriptions = Dictionary(
            grouping: isShort ? names.positionsByDescription.map { ($0, $1) } : [],
            by: { $0.0.count })
    }

    /// The name a text describes, or the only one that is a slip away and free.
    func name(for text: String) -> String? {
        byDescription(text) ?? bySlip(NameKey.bytes(of: text))
    }

    /// The name whose description equals the text, or nearly so.
    func byDescription(_ text: String) -> String? {
        let key = NameKey.bytes(of: text)
        return freeName(names.position(ofDescription: key) ?? nearDescription(key))
    }

    private func nearDescription(_ key: [UInt8]) -> Int? {
        guard key.count >= Self.nearDescriptionSizeMin else { return nil }
        let near = (key.count - 1...key.count + 1).flatMap { size in
            descriptions[size, default: []].filter { EditDistance.isAtMostOne(key, $0.key) }
        }
        guard near.count == 1, let position = near.first?.position, position >= 0 else {
            return nil
        }
        return position
    }

    private func bySlip(_ key: [UInt8]) -> String? {
        guard key.count <= Self.slipSizeMax else { return nil }
        var found: Set<Int> = []
        EditDistance.forEachNeighbour(of: key, alphabet: names.alphabet) { neighbour in
            neighbour.withUnsafeBufferPointer { key in
                let hash = HashIndex.hash(key)
                guard filter.mayHold(hash) else { return }
                if let position = names.position(ofKey: key, hash: hash) { found.insert(position) }
            }
            // Two are as little use as many.
            return found.count < 2
        }
        return freeName(found.count == 1 ? found.first : nil)
    }

    private func freeName(_ position: Int?) -> String? {
        guard let position else { return nil }
        let first = names.withName(position, names.answer).position
        return used.contains(first ?? position) ? nil : names.name(position)
    }
}
