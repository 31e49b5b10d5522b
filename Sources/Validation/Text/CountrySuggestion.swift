import Countries

/// Finds the country, state or province somebody probably meant: one that is only suggested, such
/// as GB for `UK`, or the only one whose name is a slip away.
enum CountrySuggestion {
    /// The country that is probably meant by a text which stands for none.
    static func country(for text: String, language: String) -> String? {
        Country.suggestion(for: text, isNear: EditDistance.isAtMostOne)?.name(in: language)
    }

    /// The state or province that is probably meant by a text which stands for none of a country.
    static func subdivision(for text: String, of country: Country) -> String? {
        country.subdivisionSuggestion(for: text, isNear: EditDistance.isAtMostOne)?.name
    }
}
