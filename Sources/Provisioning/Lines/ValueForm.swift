import Portals

/// A value as portals take it.
enum ValueForm {
    case text
    /// Numbers and truth, as such.
    case word
    /// A country, by the code they want.
    case country(CountryForm)

    init(_ field: Field) {
        switch field.type {
        case .integer, .boolean: self = .word
        case .country: self = .country(field.countryForm)
        case .text, .email, .date, .choice: self = .text
        }
    }
}
