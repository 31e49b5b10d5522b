import Portals

/// Compares what a row says in a field with what its record is known to have there, whatever the
/// spelling.
struct KnownValue: Sendable {
    private let type: FieldType
    /// Keys of the values of a choice, by the keys of their titles.
    private var values: [[UInt8]: [UInt8]] = [:]

    /// - Parameter field: nil for a setting, of which nothing is known.
    init(_ field: Field?) {
        type = field?.type ?? .text
        guard case .list(let choices) = field?.choices else { return }
        for choice in choices {
            for title in choice.title.all {
                values[NameKey.bytes(of: title)] = NameKey.bytes(of: choice.value)
            }
        }
    }

    /// Whether the row will have what is known; nil where its record has nothing there.
    func isSame(in target: LinkTarget, field: Int, _ facts: some RowFacts) -> Bool? {
        guard !target.isKnown,
            let known = facts.links.record(sheet: target.sheet, row: target.index)?.values[field],
            !known.isEmpty
        else { return nil }
        let row = facts.row(saying: field, of: target)
        let cell = facts.column(sheet: row.sheet, field: field)[row.index]
        if type.hasNormalText, let value = TypedText.normal(of: cell, in: facts.store, type) {
            return value == TypedText.normal(known, type) ?? known
        }
        let key = NameKey.bytes(of: known)
        return facts.withState(of: target, field: field) { text in
            let own = NameKey.bytes(of: text)
            return (values[own] ?? own) == (values[key] ?? key)
        }
    }
}
