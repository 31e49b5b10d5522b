import Countries
import Testing

@testable import Validation

struct CountrySuggestionTests {
    @Test(
        arguments: [
            ("Untied Kingdom", "United Kingdom"), ("UK", "United Kingdom"), ("Germny", "Germany"),
            ("Deutschlnd", "Germany"), ("Österreihc", "Austria"), ("Lichtenstein", "Liechtenstein"),
            ("Kongo", "Republic of the Congo"), ("XK", nil), ("Kosovo", nil), ("GBX", nil),
            ("Irap", nil), ("Atlantis", nil), ("", nil), ("DEU1", nil),
            (String(repeating: "a", count: 32_767), nil),
        ] as [(String, String?)])
    func `a country that is a slip away is suggested, when it is the only one`(
        text: String, name: String?
    ) {
        #expect(CountrySuggestion.country(for: text, language: "en") == name)
    }

    @Test func `it is named in the language asked for`() {
        #expect(CountrySuggestion.country(for: "Germny", language: "de") == "Deutschland")
    }

    @Test func `a state that is a slip away is suggested`() throws {
        let states = try #require(Country.find("US"))
        #expect(CountrySuggestion.subdivision(for: "Califronia", of: states) == "California")
        #expect(CountrySuggestion.subdivision(for: "Ontario", of: states) == nil)
    }
}
