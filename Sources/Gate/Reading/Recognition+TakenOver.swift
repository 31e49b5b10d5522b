import Portals
import Validation

extension Recognition {
    /// What a workbook from an earlier template has by other names than now: "Card No → Card".
    var takenOver: [String] {
        guard let definition else { return [] }
        return assignments.flatMap { assignment in
            (assignment.match?.columns ?? []).flatMap { column -> [String] in
                guard case .field(let index) = column.meaning else { return [] }
                let field = definition.sheets[assignment.sheet].fields[index]
                return Self.title(of: column.title, field)
                    + field.former.flatMap(\.choices).map { "\($0.word) → \($0.value)" }
            }
        }
    }

    /// The old title of a column with the one it has now in the same language; nothing for a title
    /// that it still has.
    private static func title(of found: String, _ field: Field) -> [String] {
        let key = NameKey.bytes(of: found)
        for title in field.former.compactMap(\.title) {
            let languages = title.byLanguage.filter { NameKey.bytes(of: $0.value) == key }.keys
            guard let language = languages.min() else { continue }
            return ["\(found) → \(field.title.text(in: language))"]
        }
        return []
    }
}
