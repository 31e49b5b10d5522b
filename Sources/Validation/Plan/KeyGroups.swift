import Catalogue
import Portals

/// The rows of a sheet that have the same normalised value in some fields.
struct KeyGroups {
    enum Mode {
        case exact
        /// Addresses without dots and plus tags.
        case mailbox
    }

    let fields: [Int]
    /// Groups of two rows or more, each from the top down.
    let groups: [[Int]]

    /// - Parameters:
    ///   - mayBeBlank: those of the fields that need not be filled in.
    ///   - condition: which rows are compared at all; nil: every one.
    ///   - hash: equal hashes make rows candidates; a test may make all of them so.
    init(
        fields: [Int], _ judging: Judging, mode: Mode = .exact, mayBeBlank: [Int] = [],
        when condition: RowCondition? = nil,
        hash: ([UInt8]) -> UInt64 = HashIndex.hash
    ) {
        var index = HashIndex(capacity: judging.sheetStore.rowCount)
        /// By the first row of each.
        var groups: [Int: [Int]] = [:]
        var (key, other): ([UInt8], [UInt8]) = ([], [])
        let reader = judging.identityReader(of: fields)
        for row in judging.rows
        where judging.isWellFormed(fields, row, mayBeBlank: mayBeBlank)
            && judging.applies(condition, row)
        {
            reader.key(row, mode, into: &key)
            let hash = hash(key)
            let first = index.first(of: hash) {
                reader.key($0, mode, into: &other)
                return other == key
            }
            if let first {
                groups[first, default: [first]].append(row)
            } else {
                index.insert(row, hash: hash)
            }
        }
        self.init(fields: fields, groups)
    }

    /// - Parameter groups: by the first row of each.
    init(fields: [Int], _ groups: [Int: [Int]]) {
        self.fields = fields
        self.groups = groups.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Those whose rows have the very same value, of groups that were made in another mode.
    func exact(_ judging: Judging) -> KeyGroups {
        var exact: [Int: [Int]] = [:]
        for group in groups {
            let byKey = Dictionary(grouping: group) { judging.identity(of: fields, $0) }
            for rows in byKey.values where rows.count > 1 { exact[rows[0]] = rows }
        }
        return KeyGroups(fields: fields, exact)
    }

    /// Those whose rows also have the same word.
    func split(by word: (Int) -> String) -> KeyGroups {
        var parts: [Int: [Int]] = [:]
        for group in groups {
            for rows in Dictionary(grouping: group, by: word).values where rows.count > 1 {
                parts[rows[0]] = rows
            }
        }
        return KeyGroups(fields: fields, parts)
    }

    /// Those with no row that others have.
    func without(_ others: KeyGroups) -> KeyGroups {
        let rows = Set(others.groups.joined())
        let left = groups.filter { rows.isDisjoint(with: $0) }
        return KeyGroups(fields: fields, Dictionary(uniqueKeysWithValues: left.map { ($0[0], $0) }))
    }

    /// Those whose rows don't all say the same elsewhere.
    func saying(_ word: (Int) -> [UInt8]) -> KeyGroups {
        let odd = groups.filter { Set($0.map(word)).count > 1 }
        return KeyGroups(fields: fields, Dictionary(uniqueKeysWithValues: odd.map { ($0[0], $0) }))
    }

    /// The rows that contradict another one of their group.
    func conflicting(_ judging: Judging) -> KeyGroups {
        var parts: [Int: [Int]] = [:]
        for group in groups {
            let asked = Set(group.map { judging.actions[judging.sheet][$0] })
            if asked.count < 2 { continue }
            let rows = group.filter { row in
                let action = judging.actions[judging.sheet][row]
                return asked.contains { $0.contradicts(action) }
            }
            if rows.count > 1 { parts[rows[0]] = rows }
        }
        return KeyGroups(fields: fields, parts)
    }

    /// Reports every member of every group, naming the others.
    func report(_ code: Code, by rule: RuleDefinition? = nil, _ judging: inout Judging) {
        let members = groups.indices.flatMap { group in groups[group].map { (row: $0, group) } }
        for (row, group) in members.sorted(by: { $0.row < $1.row }) {
            let others = groups[group].prefix(FindingDetail.relatedMax + 1).filter { $0 != row }
            let related = others.prefix(FindingDetail.relatedMax).map {
                Place(sheet: judging.sheet, row: $0, field: fields.first)
            }
            let detail = FindingDetail(
                arguments: judging.wholeKey(of: fields, row), related: Array(related),
                relatedCount: groups[group].count - 1)
            judging.report(code, row, fields.first, by: rule, detail: detail)
        }
    }
}

extension Judging {
    /// What several fields hold together, as the sentence tells it; nothing for a single one, which
    /// its cell tells.
    func wholeKey(of fields: [Int], _ row: Int) -> [String: String] {
        if fields.count < 2 { return [:] }
        let parts = fields.map { text(row, $0) }.filter { !$0.isEmpty }
        return ["value": parts.joined(separator: ", ")]
    }

    /// The normalised value of some fields of a row.
    func keyReader(of fields: [Int]) -> KeyReader {
        KeyReader(store, sheet: sheet, fields: fields, types: fields.map { types[$0] })
    }

    /// The same, where what names a line of a list is the name of that line, whichever was typed.
    func identityReader(of fields: [Int]) -> KeyReader {
        KeyReader(
            store, sheet: sheet, fields: fields, types: fields.map { types[$0] },
            lists: lineLists(of: fields, ofSheet: sheetStore.definitionIndex))
    }

    func identity(of fields: [Int], _ row: Int) -> [UInt8] {
        var key: [UInt8] = []
        identityReader(of: fields).key(row, into: &key)
        return key
    }

    /// Of each of some fields, the list whose lines it names; empty where none does.
    ///
    /// - Parameter index: the sheet's in the Definition.
    func lineLists(of fields: [Int], ofSheet index: Int) -> [Directory?] {
        let lists = fields.map { field in
            plan.sheets[index].lineLists[field].flatMap { known.directories[$0] }
        }
        return lists.contains { $0 != nil } ? lists : []
    }

    func key(of fields: [Int], _ row: Int) -> [UInt8] {
        var key: [UInt8] = []
        self.key(of: fields, row, .exact, into: &key)
        return key
    }

    /// Makes the key in an array whose room is used again.
    func key(of fields: [Int], _ row: Int, _ mode: KeyGroups.Mode, into key: inout [UInt8]) {
        keyReader(of: fields).key(row, mode, into: &key)
    }
}
