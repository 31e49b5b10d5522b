import Testing

@testable import Countries

@Suite struct SubdivisionTests {
    @Test(arguments: [("US", 57), ("CA", 13), ("DE", 0), ("GB", 0)])
    func `the USA and Canada have states and provinces`(code: String, count: Int) throws {
        let country = try #require(Country.find(code))
        #expect(country.subdivisions.count == count)
        #expect(Set(country.subdivisions.map(\.code)).count == count)
        #expect(Set(country.subdivisions.map(\.name)).count == count)
        for subdivision in country.subdivisions {
            #expect(country.subdivision(subdivision.code) == subdivision)
            #expect(country.subdivision(subdivision.name.uppercased()) == subdivision)
        }
    }

    @Test(
        arguments: [
            ("US", "NY", "NY"), ("US", "ny", "NY"), ("US", "new york", "NY"),
            ("US", "Kalifornien", "CA"), ("US", "D.C.", "DC"), ("US", "Washington, D.C.", "DC"),
            ("US", "Washington", "WA"), ("US", "Hawai‘i", nil), ("US", "Hawai'i", "HI"),
            ("US", "Armed Forces Europe", "AE"), ("US", "AS", nil), ("US", "MP", nil),
            ("US", "UM", nil), ("US", "ON", nil), ("US", "", nil), ("US", "N Y", nil),
            ("CA", "ON", "ON"), ("CA", "Québec", "QC"), ("CA", "Quebec", "QC"),
            ("CA", "Newfoundland & Labrador", "NL"), ("CA", "CA", nil), ("CA", "PQ", nil),
            ("DE", "BY", nil),
        ] as [(String, String, String?)])
    func `a state is found in its country only`(
        country: String, text: String, code: String?
    ) throws {
        #expect(try #require(Country.find(country)).subdivision(text)?.code == code)
    }

    @Test func `the only state with a near name is suggested`() throws {
        let states = try #require(Country.find("US"))
        let near = states.subdivisionSuggestion(for: "Texsa") { $0.sorted() == $1.sorted() }
        #expect(near?.code == "TX")
        #expect(states.subdivisionSuggestion(for: "Carolina") { _, _ in true } == nil)
    }
}
