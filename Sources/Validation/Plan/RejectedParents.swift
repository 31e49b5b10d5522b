import Catalogue
import Portals

/// Sends rows back whose parent is sent back: what a rejected row would have made, nothing can
/// belong to. So it goes on down the sheets.
struct RejectedParents {
    /// By index of the sheet, its fields that refer to something.
    private let fields: [[Int]]

    init(_ definition: Definition) {
        fields = definition.sheets.map { sheet in
            sheet.fields.indices.filter { sheet.reference(ofField: sheet.fields[$0].id) != nil }
        }
    }

    /// - Complexity: O(references x depth of the sheets).
    func judge(_ judging: inout Judging) {
        var isDone = fields.allSatisfy(\.isEmpty) && judging.links.groups.isEmpty
        while !isDone {
            isDone = !rejectRows(besideMakersOf: judging.links.groups, &judging)
            for sheet in judging.store.sheets.indices where rejectRows(ofSheet: sheet, &judging) {
                isDone = false
            }
        }
    }

    /// What works on a record that another row would have made.
    ///
    /// - Returns: whether there was any.
    private func rejectRows(
        besideMakersOf groups: [[LinkTarget]], _ judging: inout Judging
    ) -> Bool {
        var isAny = false
        for group in groups {
            guard let maker = group.first, judging.actions[maker.sheet][maker.index] == .create,
                judging.rejected[maker.sheet].contains(maker.index),
                judging.links.record(sheet: maker.sheet, row: maker.index) == nil
            else { continue }
            for row in group
            where !judging.rejected[row.sheet].contains(row.index)
                && !judging.unchanged[row.sheet].contains(row.index)
            {
                let field = judging.definition(ofSheet: row.sheet).keyFields.first
                let place = Place(sheet: maker.sheet, row: maker.index)
                judging.report(
                    .referenceParentRejected,
                    at: Place(sheet: row.sheet, row: row.index, field: field),
                    detail: FindingDetail(related: [place], relatedCount: 1))
                isAny = true
            }
        }
        return isAny
    }

    /// - Returns: whether there were any.
    private func rejectRows(ofSheet sheet: Int, _ judging: inout Judging) -> Bool {
        let fields = fields[judging.store.sheets[sheet].definitionIndex]
        if fields.isEmpty { return false }
        var isAny = false
        for row in judging.store.sheets[sheet].judgedRows
        where !judging.rejected[sheet].contains(row) && !judging.unchanged[sheet].contains(row) {
            if rejectNamed(row, sheet, &judging) {
                isAny = true
                continue
            }
            for field in fields {
                guard let parent = judging.links.target(sheet: sheet, row: row, field: field),
                    !parent.isKnown, judging.rejected[parent.sheet].contains(parent.index),
                    judging.links.record(sheet: parent.sheet, row: parent.index) == nil
                else { continue }
                let place = Place(sheet: parent.sheet, row: parent.index)
                judging.report(
                    .referenceParentRejected, at: Place(sheet: sheet, row: row, field: field),
                    detail: FindingDetail(related: [place], relatedCount: 1))
                isAny = true
                break
            }
        }
        return isAny
    }

    /// A row that says a name whose rename is sent back cannot tell what it will be called.
    ///
    /// - Returns: whether the row is one.
    private func rejectNamed(_ row: Int, _ sheet: Int, _ judging: inout Judging) -> Bool {
        guard let grounds = judging.renames?.grounds[Place(sheet: sheet, row: row)] else {
            return false
        }
        let lost = grounds.first { ground in
            guard let sheet = ground.row.sheet, let row = ground.row.row else { return false }
            return judging.rejected[sheet].contains(row)
        }
        guard let lost else { return false }
        judging.report(
            .referenceParentRejected,
            at: Place(sheet: sheet, row: row, field: lost.formerNames.first?.field),
            detail: FindingDetail(related: [lost.row], relatedCount: 1))
        return true
    }
}
