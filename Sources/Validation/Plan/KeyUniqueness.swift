import Catalogue
import Portals

/// A sheet's key tells its records apart: two rows that ask the same of one record are one too
/// many, and two that ask for opposites cannot both be meant.
///
/// Other pairs are fine: a contact may be updated and get a new password. Rows that were exported
/// as one record are about it whatever their keys say.
struct KeyUniqueness {
    let fields: [Int]

    func judge(_ judging: inout Judging) {
        guard !fields.isEmpty else { return }
        for groups in [own(judging), copies(judging)] {
            if groups.groups.isEmpty { continue }
            let conflicts = groups.conflicting(judging)
            conflicts.report(.actionConflict, &judging)
            if judging.sheetDefinition.hasRepeatRule { continue }
            // Of rows that may or may not be about the same thing, more is not to be said.
            let isOpen = !judging.sheetPlan.optionalKey.isEmpty
            (isOpen ? groups.without(conflicts) : groups).split {
                judging.actions[judging.sheet][$0].kindOfRepeat
            }
            .report(.recordDuplicateInFile, &judging)
        }
    }

    /// Rows with the same key. A row that leaves a part of it blank may mean any of those that say
    /// the same otherwise.
    private func own(_ judging: Judging) -> KeyGroups {
        let optional = judging.sheetPlan.optionalKey
        if optional.isEmpty { return KeyGroups(fields: fields, judging) }
        let needed = fields.filter { !optional.contains($0) }
        var groups: [Int: [Int]] = [:]
        for group in KeyGroups(fields: needed, judging).groups {
            let rows = group.filter { judging.isWellFormed(fields, $0, mayBeBlank: optional) }
            let isOpen = rows.contains { row in
                optional.contains { judging.form(row, $0) == .blank }
            }
            let parts =
                isOpen
                ? [rows]
                : Array(Dictionary(grouping: rows) { judging.identity(of: fields, $0) }.values)
            for rows in parts where rows.count > 1 { groups[rows[0]] = rows }
        }
        return KeyGroups(fields: fields, groups)
    }

    /// Rows with the same id and different keys.
    private func copies(_ judging: Judging) -> KeyGroups {
        var rows: [Int: [Int]] = [:]
        if judging.sheetStore.idColumn != nil {
            for row in judging.rows where judging.isWellFormed(fields, row) {
                guard judging.store.id(sheet: judging.sheet, row: row) != nil,
                    let record = judging.links.recordIndex(sheet: judging.sheet, row: row)?.index
                else { continue }
                rows[record, default: []].append(row)
            }
        }
        let copies = rows.values.filter { rows in
            Set(rows.map { judging.key(of: fields, $0) }).count > 1
        }
        return KeyGroups(
            fields: fields, Dictionary(uniqueKeysWithValues: copies.map { ($0[0], $0) }))
    }
}

extension Action {
    /// Making a record and changing it are the same thing done twice.
    fileprivate var kindOfRepeat: String {
        self == .update ? Action.create.rawValue : rawValue
    }
}

extension SheetDefinition {
    /// Whether a rule of its own tells rows that repeat the key.
    fileprivate var hasRepeatRule: Bool {
        rules.contains { rule in
            rule.kind == NoRepeatRule.kind && Set(rule.texts("fields")) == Set(key)
        }
    }
}
