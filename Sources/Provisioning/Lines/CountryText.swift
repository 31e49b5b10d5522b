import Portals

/// A country in the form that a portal takes.
enum CountryText {
    /// - Parameter alpha2: two letters of ISO 3166-1; anything else stays as it is.
    static func text(_ alpha2: String, as form: CountryForm) -> String {
        switch form {
        case .alpha2, .alpha3, .numeric, .name: alpha2
        }
    }
}
