import Countries
import Portals

/// A country in the form that a portal takes.
enum CountryText {
    /// - Parameter alpha2: two letters of ISO 3166-1; anything else stays as it is.
    static func text(_ alpha2: String, as form: CountryForm) -> String {
        guard let country = Country.find(alpha2) else { return alpha2 }
        switch form {
        case .alpha2: return country.alpha2
        case .alpha3: return country.alpha3
        case .numeric: return country.numeric
        case .name: return country.english
        }
    }
}
