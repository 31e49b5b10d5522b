import Portals
import Validation

/// The few words of a checklist that no Definition gives.
struct ChecklistWords {
    let heading: String
    let optional: String
    /// Marks a step that nobody may do before its charges are accepted.
    let held: String
    let row: String
    private let tooSoon: LocalizedText
    let language: String
    /// Stands before what is there until the step is done.
    let was: String
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
        was = word("was", de: "bisher")
        empty = word("(empty)", de: "(leer)")
        tooSoon = LocalizedText(byLanguage: ["en": "not before ", "de": "erst ab "])
        self.language = language
    }

    /// Marks a row that the portal does not take before a moment.
    func notBefore(_ end: String) -> String {
        tooSoon.text(in: language) + DayText.text(end, in: language)
    }
}
