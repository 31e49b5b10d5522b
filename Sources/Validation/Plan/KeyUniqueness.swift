import Catalogue
import Portals

/// A sheet's key tells its records apart: two rows that ask the same of one record are one too
/// many, and two that ask for opposites cannot both be meant.
///
/// Other pairs are fine: a contact may be updated and get a new password.
struct KeyUniqueness {
    let fields: [Int]

    func judge(_ judging: inout Judging) {
        guard !fields.isEmpty else { return }
        let groups = KeyGroups(fields: fields, judging)
        if groups.groups.isEmpty { return }
        groups.conflicting(judging).report(.actionConflict, &judging)
        if judging.sheetDefinition.hasRepeatRule { return }
        groups.split { judging.actions[judging.sheet][$0].kindOfRepeat }
            .report(.recordDuplicateInFile, &judging)
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
