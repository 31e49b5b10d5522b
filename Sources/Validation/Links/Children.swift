import Portals

/// The rows of a sheet, and the known records that no row is about, by what one of their fields
/// refers to: what will be there once the file is taken.
struct Children {
    private(set) var byParent: [LinkTarget: [LinkTarget]] = [:]

    /// - Parameters:
    ///   - index: the sheet's in the Definition.
    ///   - parent: its field that refers to the parent.
    init(ofSheet index: Int, parent: Int, _ judging: Judging) {
        for target in judging.standing(ofSheet: index) {
            guard let parent = judging.links.target(of: target, field: parent) else { continue }
            byParent[parent, default: []].append(target)
        }
    }

    /// The children of a target for which a condition holds; nil: all.
    func children(
        of parent: LinkTarget, when condition: RowCondition?, _ judging: Judging
    ) -> [LinkTarget] {
        let all = byParent[parent] ?? []
        return condition.map { condition in all.filter { condition.holds($0, in: judging) } } ?? all
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
    /// The children by a field of a sheet. Several rules count the same ones, and what refers to
    /// what stays as it is while rules compare sheets.
    mutating func children(ofSheet index: Int, parent: Int) -> Children {
        let place = Place(sheet: index, field: parent)
        if let made = children[place] { return made }
        let made = Children(ofSheet: index, parent: parent, self)
        children[place] = made
        return made
    }

    /// Whether a row's record will be there, is new or changed by it, and has a name that others
    /// can refer to: what is there already is not new, whatever the row says.
    func mayLackChildren(_ target: LinkTarget) -> Bool {
        if takesAway(target) { return false }
        let isKnown = links.record(sheet: target.sheet, row: target.index) != nil
        if isKnown && actions[target.sheet][target.index] == .create { return false }
        return definition(ofSheet: target.sheet).keyFields.allSatisfy { field in
            form(target.index, field, ofSheet: target.sheet) == .wellFormed
        }
    }

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
