package import Portals

/// A column that Rowgate itself adds to a workbook: never judged, never a reason to call a row
/// filled.
package enum OwnColumn: String, Sendable, CaseIterable {
    /// What the row asks for; the one of them that people fill in.
    case action = "Action"
    /// The live check of a template.
    case check = "Check"
    case originalRow = "Original row"
    case problems = "Problems"
    case useSuggestions = "Use suggestions?"
    /// Hidden: which row this was and what stood in it.
    case rowKey = "Rowgate row key"
    case id = "Rowgate ID"

    /// The header, in every language of the templates.
    package var title: LocalizedText {
        LocalizedText(byLanguage: ["en": rawValue, "de": german])
    }

    private var german: String {
        switch self {
        case .action: "Aktion"
        case .check: "Prüfung"
        case .originalRow: "Ursprüngliche Zeile"
        case .problems: "Probleme"
        case .useSuggestions: "Vorschläge übernehmen?"
        case .rowKey: "Rowgate-Zeilenschlüssel"
        case .id: "Rowgate-ID"
        }
    }

    /// The header of the column that holds suggestions for a field: "Platform – suggested".
    package static func suggestion(for field: Field) -> LocalizedText {
        let word = ["en": "suggested", "de": "Vorschlag"]
        return LocalizedText(
            byLanguage: word.reduce(into: [:]) { titles, word in
                titles[word.key] = "\(field.title.text(in: word.key)) – \(word.value)"
            })
    }
}
