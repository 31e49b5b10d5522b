import Portals

/// What the rows of a workbook rename, by the names as some other sheet says them.
struct FormerNames {
    struct Name {
        let rename: Rename
        /// By field that says the name.
        let former, new: [String]
        /// Whether another row takes the former name.
        var isTaken = false
    }

    /// How the fields compare that say the names.
    let types: [FieldType]
    /// By the normalised former names, and by the new ones.
    private var former: [[UInt8]: Name] = [:]
    private var new: [[UInt8]: Name] = [:]

    /// - Parameter renames: by sheet of the Definition.
    init(_ naming: Naming, _ renames: [[Rename]], _ definition: Definition) {
        let first = naming.targets[0]
        types = first.to.map { definition.sheets[first.sheet].fields[$0].type }
        for target in naming.targets {
            let fields = target.to
            for rename in renames[target.sheet] {
                let before = fields.compactMap { rename.before[$0] }
                let after = fields.compactMap { rename.after[$0] }
                guard before != after, before.count == fields.count, after.count == fields.count
                else { continue }
                let name = Name(rename: rename, former: before, new: after)
                let (old, new) = (key(before), key(after))
                if former[old] == nil { former[old] = name }
                if self.new[new] == nil { self.new[new] = name }
            }
        }
    }

    var isEmpty: Bool { former.isEmpty }

    func name(former key: [UInt8]) -> Name? { former[key] }
    func name(new key: [UInt8]) -> Name? { new[key] }

    /// Says that a row has a name once the workbook is taken.
    mutating func take(_ key: [UInt8], by place: Place) {
        if let name = former[key], name.rename.place != place { former[key]?.isTaken = true }
    }

    private func key(_ texts: [String]) -> [UInt8] {
        var key: [UInt8] = []
        for (position, text) in texts.enumerated() {
            if position > 0 { key.append(0) }
            key += FieldKey.bytes(text, type: types[position])
        }
        return key
    }
}
