import Catalogue
import Countries
import Portals
import Spreadsheet

/// Decides whether a cell holds a day, a whole number, a yes or no, or a country.
struct TypedForm {
    let type: FieldType

    /// What is wrong with a cell.
    struct Fault {
        let code: Code
        var suggestion: String?
    }

    /// Nil for a value of the type.
    func fault(of cell: StoredCell, _ judging: Judging) -> Fault? {
        guard TypedText.normal(of: cell, in: judging.store, type) == nil else { return nil }
        switch type {
        case .date: return fault(ofDate: cell, judging)
        case .integer: return Fault(code: .cellNotANumber)
        case .boolean: return Fault(code: .cellNotABoolean)
        case .country:
            let text = Trimming.trimmed(judging.store.text(of: cell))
            let near = CountrySuggestion.country(for: text, language: "en")
            return Fault(code: .countryUnknown, suggestion: near)
        case .text, .email, .choice: return nil
        }
    }

    /// A day that can be read in one way only is suggested; of several nobody knows which.
    private func fault(ofDate cell: StoredCell, _ judging: Judging) -> Fault {
        let reading = judging.store.texts.read(cell.textID) {
            DateReading(cell: cell.kind, text: $0, system: judging.store.dateSystem)
        }
        switch reading {
        case .ambiguous: return Fault(code: .cellAmbiguousDate)
        case .unusual(let day): return Fault(code: .cellNotADate, suggestion: day.description)
        case .day, .noDate: return Fault(code: .cellNotADate)
        }
    }
}
