import Portals

/// The rows of a sheet, and the known records that no row is about, by what one of their fields
/// refers to: what will be there once the file is taken.
///
/// Children of all parents stand in one array, those of a parent beside each other: a parent costs
/// four bytes, whether it has any or not.
struct Children {
    private let parents: TargetPlaces
    private let members: [LinkTarget]
    /// By place of the parent, where in `members` its children end; they begin where those of the
    /// place before end.
    private let ends: [UInt32]

    /// - Parameters:
    ///   - index: the sheet's in the Definition.
    ///   - parent: its field that refers to the parent.
    init(ofSheet index: Int, parent: Int, _ judging: Judging) {
        let parents = TargetPlaces(judging)
        var children: [(child: LinkTarget, place: Int)] = []
        var ends = [UInt32](repeating: 0, count: parents.count)
        for target in judging.standing(ofSheet: index) {
            guard let parent = judging.links.target(of: target, field: parent) else { continue }
            let place = parents.place(of: parent)
            children.append((target, place))
            ends[place] += 1
        }
        // First where those of each place begin; each child then moves it on by one.
        var begin: UInt32 = 0
        for place in ends.indices { (ends[place], begin) = (begin, begin + ends[place]) }
        let nobody = LinkTarget.row(0, sheet: 0)
        var members = Array(repeating: nobody, count: children.count)
        for (child, place) in children {
            members[Int(ends[place])] = child
            ends[place] += 1
        }
        (self.parents, self.members, self.ends) = (parents, members, ends)
    }

    /// The children of a target: known records first, then rows from the top down.
    subscript(parent: LinkTarget) -> ArraySlice<LinkTarget> {
        members[range(parents.place(of: parent))]
    }

    private func range(_ place: Int) -> Range<Int> {
        (place == 0 ? 0 : Int(ends[place - 1]))..<Int(ends[place])
    }

    /// The children of a target for which a condition holds; nil: all.
    func children(
        of parent: LinkTarget, when condition: RowCondition?, _ judging: Judging
    ) -> [LinkTarget] {
        let all = self[parent]
        return condition.map { condition in all.filter { condition.holds($0, in: judging) } }
            ?? Array(all)
    }

    /// Parents with more children than a number: rows before known records, from the top down.
    func parents(withMoreThan count: Int) -> [LinkTarget] {
        ends.indices.filter { range($0).count > count }.map(parents.target)
    }
}

/// A number for each row and each known record: rows before known records, sheet by sheet, from the
/// top down.
private struct TargetPlaces {
    /// By sheet of the store, and then by sheet of the Definition, the place of its first one.
    private let starts: [Int]
    private let storeSheetCount: Int
    let count: Int

    init(_ judging: Judging) {
        let sizes = judging.store.sheets.map(\.rowCount) + judging.links.records.map(\.count)
        var (starts, count): ([Int], Int) = ([], 0)
        for size in sizes {
            starts.append(count)
            count += size
        }
        (self.starts, self.count) = (starts, count)
        storeSheetCount = judging.store.sheets.count
    }

    func place(of target: LinkTarget) -> Int {
        starts[target.isKnown ? storeSheetCount + target.sheet : target.sheet] + target.index
    }

    func target(_ place: Int) -> LinkTarget {
        let sheet = starts.lastIndex { $0 <= place } ?? 0
        let index = place - starts[sheet]
        return sheet < storeSheetCount
            ? .row(index, sheet: sheet) : .record(index, sheet: sheet - storeSheetCount)
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
        if takesAway(target) || !links.isStanding(target) { return false }
        let isKnown = links.record(sheet: target.sheet, row: target.index) != nil
        if isKnown && asks(target, for: [.create]) { return false }
        // Those of something new that are sent back come along when they are fixed.
        if !isKnown && remarks != nil { return false }
        return plan(ofSheet: target.sheet).keyFields.allSatisfy { field in
            form(target.index, field, ofSheet: target.sheet) == .wellFormed
        }
    }

    /// What of a sheet will be there once the file is taken: known records first, then rows from
    /// the top down; a record that a row is about stands where the row does, once however many
    /// there are.
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
            if links.isStanding(target), !takesAway(target) { targets.append(target) }
        }
        return targets
    }
}
