import Portals

/// A value as portals take it.
enum ValueForm {
    case text
    /// Numbers, as such.
    case number
    /// Yes and no, as true and false.
    case flag
    /// A country, by the code they want.
    case country(CountryForm)

    init(_ field: Field) {
        switch field.type {
        case .integer: self = .number
        case .boolean: self = .flag
        case .country: self = .country(field.countryForm)
        case .text, .email, .date, .choice: self = .text
        }
    }

    /// What a portal takes for a field that is emptied, as JSON: texts become empty, and a box that
    /// nobody ticks is one that is not ticked.
    var emptied: String {
        switch self {
        case .text, .country: "\"\""
        case .number: "null"
        case .flag: "false"
        }
    }
}
