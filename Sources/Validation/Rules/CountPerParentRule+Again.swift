import Portals

// Counting without the rows that are sent back.
extension CountPerParentRule {
    /// Keeps back what leaves a parent with too few children now: the rows that take one of them
    /// away, else the parent's own, else those that made it lack some by being the first ones.
    func keepBack(_ children: Children, _ judging: inout Judging) {
        var taken: [LinkTarget: [LinkTarget]] = [:]
        var referring: [LinkTarget: [LinkTarget]] = [:]
        let lacking = Set(lackingParents(children, judging))
        if lacking.isEmpty { return }
        for row in goingRows(ofDefinition: sheet, judging) {
            if let target = judging.links.target(of: row, field: parent), lacking.contains(target) {
                referring[target, default: []].append(row)
            }
            if let target = parentLosing(row, judging), lacking.contains(target) {
                taken[target, default: []].append(row)
            }
        }
        for target in lacking.sorted() {
            if let rows = taken[target] {
                for row in rows { keepBack(row, parent, &judging) }
            } else if !target.isKnown {
                let key = judging.definition(ofSheet: target.sheet).keyFields.last
                keepBack(target, key, &judging)
            } else {
                for row in referring[target] ?? [] { keepBack(row, parent, &judging) }
            }
        }
    }

    private func keepBack(_ row: LinkTarget, _ field: Int?, _ judging: inout Judging) {
        judging.wait(at: Place(sheet: row.sheet, row: row.index, field: field), for: [])
    }

    /// Those that rows of the workbook make, change, or refer to.
    private func lackingParents(_ children: Children, _ judging: Judging) -> [LinkTarget] {
        let own = parents.keys.sorted().flatMap { goingRows(ofDefinition: $0, judging) }
        let known = goingRows(ofDefinition: sheet, judging).flatMap { row in
            [judging.links.target(of: row, field: parent), parentLosing(row, judging)]
                .compactMap(\.self).filter(\.isKnown)
        }
        return (own + Set(known)).filter { target in
            guard isMeant(target, judging),
                children.children(of: target, when: condition, judging).count < minimum,
                hasAny(target, children, judging)
            else { return false }
            return knowsChildren(of: target, judging)
                && (target.isKnown || judging.mayLackChildren(target))
        }
    }

    /// What a known child counts for that its row takes from it.
    private func parentLosing(_ row: LinkTarget, _ judging: Judging) -> LinkTarget? {
        guard let place = judging.links.recordIndex(sheet: row.sheet, row: row.index) else {
            return nil
        }
        let record = LinkTarget.record(place.index, sheet: place.sheet)
        guard let target = judging.links.target(of: record, field: parent),
            condition?.holds(record, in: judging) ?? true
        else { return nil }
        let stays =
            !judging.takesAway(row) && judging.links.target(of: row, field: parent) == target
            && condition?.holds(row, in: judging) ?? true
        return stays ? nil : target
    }

    private func goingRows(ofDefinition index: Int, _ judging: Judging) -> [LinkTarget] {
        guard let position = judging.position(ofDefinition: index) else { return [] }
        return judging.store.sheets[position].judgedRows.lazy
            .filter { !judging.rejected[position].contains($0) }
            .map { .row($0, sheet: position) }
    }
}
