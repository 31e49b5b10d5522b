import Foundation
import Testing

@testable import Countries

@Suite struct CountryTests {
    @Test func `there are the 249 of ISO 3166-1, each with its own codes`() {
        #expect(Country.all.count == 249)
        #expect(Country.all.map(\.alpha2) == Country.all.map(\.alpha2).sorted())
        for code in [\Country.alpha2, \.alpha3, \.numeric, \.english, \.german] {
            #expect(Set(Country.all.map { $0[keyPath: code] }).count == 249)
        }
        for country in Country.all {
            #expect(country.alpha2.wholeMatch(of: /[A-Z]{2}/) != nil)
            #expect(country.alpha3.wholeMatch(of: /[A-Z]{3}/) != nil)
            #expect(country.numeric.wholeMatch(of: /[0-9]{3}/) != nil)
        }
    }

    @Test func `a name that is shown has no abbreviation and no bracket, but for one`() {
        let names = Country.all.flatMap { [$0.english, $0.german] }.filter {
            $0.contains(/[(&;|?]|\b(Is|Terr|Rep|NL)\b/)
        }
        #expect(names == ["Cocos (Keeling) Islands"])
    }

    @Test func `every code and name leads to its country, in capitals too`() {
        for country in Country.all {
            for text in [country.alpha2, country.alpha3, country.english, country.german] {
                #expect(Country.find(text) == country, "\(text)")
                #expect(Country.find(text.lowercased()) == country, "\(text)")
                #expect(Country.find(text.uppercased()) == country, "\(text)")
                #expect(text.utf8.count * 2 < PlaceKey.textSizeMax)
            }
        }
    }

    @Test func `no name is of two countries`() {
        var owners: [[UInt8]: Set<String>] = [:]
        for row in Table.rows(of: "countries.tsv") {
            let others = row.dropFirst(5).first?.split(separator: ";").map { String($0) } ?? []
            for name in [row[3], row[4]] + others where name != "=" {
                for key in PlaceKey.all(of: name) { owners[key, default: []].insert(row[0]) }
            }
        }
        #expect(owners.count > 900)
        #expect(
            owners.filter { $0.value.count > 1 }.map { String(decoding: $0.key, as: UTF8.self) }
                == [])
    }

    @Test(arguments: [
        ("GB", "GB"), ("gbr", "GB"), (" De ", "DE"), ("Great Britain", "GB"),
        ("united  kingdom", "GB"), ("Vereinigtes Königreich", "GB"), ("Großbritannien", "GB"),
        ("GROSSBRITANNIEN", "GB"), ("Österreich", "AT"), ("Oesterreich", "AT"),
        ("osterreich", "AT"), ("O\u{308}sterreich", "AT"), ("ÖSTERREICH", "AT"),
        ("Türkei", "TR"), ("Tuerkei", "TR"), ("Türkiye", "TR"), ("turkey", "TR"),
        ("Cote d'Ivoire", "CI"), ("CÔTE D’IVOIRE", "CI"), ("Elfenbeinkueste", "CI"),
        ("The Netherlands", "NL"), ("die Niederlande", "NL"), ("Nederland", "NL"),
        ("Viet Nam", "VN"), ("Vietnam", "VN"), ("Guinea Bissau", "GW"), ("guinea", "GN"),
        ("Trinidad & Tobago", "TT"), ("Trinidad und Tobago", "TT"), ("St. Lucia", "LC"),
        ("Saint Lucia", "LC"), ("Sankt Lucia", "LC"), ("St Kitts & Nevis", "KN"),
        ("U.S.A.", "US"), ("U.S.", "US"), ("United States of America", "US"), ("USA", "US"),
        ("Korea, Republic of", "KR"), ("Nordkorea", "KP"), ("Bosnia & Herzegovina", "BA"),
        ("Bosnien-Herzegowina", "BA"), ("Congo", "CG"), ("DR Congo", "CD"), ("Niger", "NE"),
        ("Nigeria", "NG"), ("Dominica", "DM"), ("Dominican Republic", "DO"), ("AND", "AD"),
        ("st", "ST"), ("São Tomé & Príncipe", "ST"), ("Aaland", "AX"), ("Åland", "AX"),
        ("Britain (UK)", "GB"), ("Czechia", "CZ"), ("Tschechische Republik", "CZ"),
        ("Swaziland", "SZ"), ("Saudi\u{A0}Arabia", "SA"), ("Curacao", "CW"), ("UAE", "AE"),
    ])
    func `people write countries in many ways`(text: String, code: String) {
        #expect(Country.find(text)?.alpha2 == code)
    }

    @Test(arguments: [
        "", " ", "-", "?", "UK", "uk", "U.K.", "XK", "Kosovo", "EU", "England", "Holland", "Korea",
        "America", "n/a", "N/A", "n.a.", "N.A.", "D E", "D.E.", "DE;FR", "DE/FR", "276", "004", "D",
        "Deutschland 1", "Ｄ Ｅ", "ＤＥ", "D\u{200B}E", "Deutsch\u{200B}land", "Germany!", "Germany?",
        "Gеrmany",
        "Untied Kingdom", "Saint", "and", "und", "the", "North", "Virgin Islands", "\u{0}DE",
        "D\u{301}E",
        String(repeating: "a", count: 32_767), String(repeating: " ", count: 200) + "DE",
    ])
    func `what is no exact name stands for no country`(text: String) {
        let expected = text == "and" ? "AD" : nil
        #expect(Country.find(text)?.alpha2 == expected)
    }

    @Test func `broken UTF-8 stands for no country`() {
        for bytes: [UInt8] in [[0xFF], [0x44, 0xC3], [0xC3, 0x28], [0xF0, 0x9F, 0x87]] {
            #expect(bytes.withUnsafeBufferPointer { Country.find($0) } == nil)
        }
        #expect(Country.find(UnsafeBufferPointer(start: nil, count: 0)) == nil)
    }

    @Test(
        arguments: [
            ("UK", "GB"), ("u.k.", "GB"), ("England", "GB"), ("Schottland", "GB"),
            ("Holland", "NL"), ("America", "US"), ("EL", "GR"), ("Korea", "KR"),
            ("Deutschlnd", "DE"), ("XK", nil), ("EU", nil), ("GBX", nil), ("Atlantis", nil),
            ("Deutschl", nil), ("", nil), ("x", nil), ("kongo", "CG"),
        ] as [(String, String?)])
    func `one that is probably meant is suggested`(text: String, code: String?) {
        let found = Country.suggestion(for: text) { typed, name in
            // A letter left out: enough for this test.
            name.indices.contains { name[..<$0] + name[($0 + 1)...] == typed[...] }
                || typed == Array("kongo".utf8) && name == Array("congo".utf8)
        }
        #expect(found?.alpha2 == code)
    }

    @Test func `names are told in English and German`() throws {
        let country = try #require(Country.find("AT"))
        #expect(country.name(in: "de") == "Österreich")
        #expect(country.name(in: "en") == "Austria")
        #expect(country.name(in: "fr") == "Austria")
    }
}

@Suite(.enabled(if: IsoCodes.isInstalled)) struct IsoCodesTests {
    @Test func `codes and names are those that others know`() throws {
        let others = try IsoCodes.countries()
        #expect(others.count == Country.all.count)
        for other in others {
            let country = try #require(Country.find(other.alpha_2), "\(other.alpha_2)")
            #expect(country.alpha2 == other.alpha_2)
            #expect(country.alpha3 == other.alpha_3, "\(other.alpha_2)")
            #expect(country.numeric == other.numeric, "\(other.alpha_2)")
            for name in other.names {
                #expect(Country.find(name) == country, "\(other.alpha_2) \(name)")
            }
        }
    }

    /// `Kongo` is one of two countries to those who write German; the rest are slips.
    private static let germanNamesNotTaken: Set = [
        "Kongo", "Vereinigung der Komoren", "Weihnachtsinseln",
        "Commonwealth Nördliche Mariana-Inseln", "South Georgia und die Südlichen Sandwichinseln",
    ]

    @Test func `German names are those that others know`() throws {
        let german = try IsoCodes.germanNames()
        for other in try IsoCodes.countries() {
            for name in other.names.compactMap({ german[$0] })
            where !Self.germanNamesNotTaken.contains(name) {
                #expect(Country.find(name)?.alpha2 == other.alpha_2, "\(other.alpha_2) \(name)")
            }
        }
    }

    @Test(arguments: ["US", "CA"])
    func `states and provinces are those of ISO 3166-2, as addresses have them`(
        code: String
    ) throws {
        let country = try #require(Country.find(code))
        var others = try IsoCodes.subdivisions().filter { $0.code.hasPrefix(code + "-") }
        others.removeAll { ["US-AS", "US-MP", "US-UM"].contains($0.code) }
        let military: Set = ["AA", "AE", "AP"]
        let civil = country.subdivisions.filter { code != "US" || !military.contains($0.code) }
        #expect(Set(civil.map { "\(code)-\($0.code)" }) == Set(others.map(\.code)))
        for other in others {
            #expect(
                country.subdivision(other.name)?.code == String(other.code.suffix(2)), "\(other)")
        }
    }
}
