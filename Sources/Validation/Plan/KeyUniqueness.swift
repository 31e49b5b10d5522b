import Catalogue

/// A sheet's key tells its records apart: two rows with the same key are the same record twice.
struct KeyUniqueness {
    let fields: [Int]

    func judge(_ judging: inout Judging) {
        guard !fields.isEmpty else { return }
        KeyGroups(fields: fields, judging).report(.recordDuplicateInFile, &judging)
    }
}
