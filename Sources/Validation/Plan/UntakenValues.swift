import Catalogue
import Portals

/// Values that rows say beside their keys without asking for anything to become like that: a row
/// that has a new password sent changes no name, and who is deleted moves to no company.
///
/// What is known holds for such a row; where it says something else, that is told, unless nothing
/// is left that could be like it.
struct UntakenValues {
    /// The cells of a sheet that say something else than what is known; the form of each is blank
    /// from here on.
    func found(_ judging: inout Judging) -> [Place] {
        let definition = judging.sheetDefinition
        guard definition.makesRecords, definition.actions.contains(where: { !$0.givesValues })
        else { return [] }
        let fields = definition.fields.indices.filter { !judging.sheetPlan.keyFields.contains($0) }
        let values = definition.fields.map { KnownValue($0) }
        var cells: [Place] = []
        for row in judging.rows {
            let action = judging.actions[judging.sheet][row]
            if action.givesValues || judging.unreadActions[judging.sheet].contains(row) { continue }
            guard let known = judging.links.record(sheet: judging.sheet, row: row) else { continue }
            for field in fields {
                let form = judging.form(row, field)
                guard form == .wellFormed || form == .clear else { continue }
                let target = LinkTarget.row(row, sheet: judging.sheet)
                let isKnown = known.values[field]?.isEmpty == false
                let isSame = values[field].isSame(in: target, field: field, judging) ?? false
                if isSame { continue }
                if action.effect == nil && (isKnown || form == .wellFormed) {
                    judging.report(.cellNotTaken, row, field)
                }
                judging.setForm(.blank, row, field)
                cells.append(Place(sheet: judging.sheet, row: row, field: field))
            }
        }
        return cells
    }
}
