import Portals

/// The rows of a sheet, and the known records that no row is about, by what one of their fields
/// refers to: what will be there once the file is taken.
struct Children {
    private(set) var byParent: [LinkTarget: [LinkTarget]] = [:]

    /// - Parameters:
    ///   - index: the sheet's in the Definition.
    ///   - parent: its field that refers to the parent.
    ///   - condition: which of them count; nil: all.
    init(
        ofSheet index: Int, parent: Int, when condition: RowCondition? = nil, _ judging: Judging
    ) {
        for target in judging.standing(ofSheet: index) {
            guard condition?.holds(target, in: judging) ?? true,
                let parent = judging.links.target(of: target, field: parent)
            else { continue }
            byParent[parent, default: []].append(target)
        }
    }

    /// What the children of each parent say in a field, normalised.
    func values(of field: Int, _ judging: Judging) -> [LinkTarget: Set<[UInt8]>] {
        byParent.mapValues { children in
            Set(
                children.map { child in
                    judging.withState(of: child, field: field) { NameKey.with($0, Array.init) }
                })
        }
    }
}

extension Judging {
    /// What of a sheet will be there once the file is taken: known records first, then rows from
    /// the top down; a record that a row is about stands where the row does.
    ///
    /// - Parameter index: the sheet's in the Definition.
    func standing(ofSheet index: Int) -> [LinkTarget] {
        var targets: [LinkTarget] = []
        if index < links.records.count {
            for record in links.records[index].indices
            where links.row(ofRecord: record, sheet: index) == nil {
                targets.append(.record(record, sheet: index))
            }
        }
        guard let position = position(ofDefinition: index) else { return targets }
        for row in store.sheets[position].judgedRows {
            let target = LinkTarget.row(row, sheet: position)
            if !takesAway(target) { targets.append(target) }
        }
        return targets
    }
}
