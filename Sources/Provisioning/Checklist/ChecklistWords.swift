import Portals

/// The few words of a checklist that no Definition gives.
struct ChecklistWords {
    let heading: String
    let optional: String
    /// Marks a step that nobody may do before its charges are accepted.
    let held: String
    let row: String
    /// Stands where a value is taken away.
    let empty: String

    init(language: String) {
        func word(_ english: String, de german: String) -> String {
            LocalizedText(byLanguage: ["en": english, "de": german]).text(in: language)
        }
        heading = word("steps to do by hand", de: "Schritte von Hand")
        optional = word("optional", de: "freiwillig")
        held = word(
            "wait until the charges are accepted", de: "erst wenn die Kosten bestätigt sind")
        row = word("row", de: "Zeile")
        empty = word("(empty)", de: "(leer)")
    }
}
