import Testing

@testable import Server

@Suite struct PageTextsTests {
    private static let names = PageTexts.all.mapValues { texts in
        Set(texts.areas.flatMap { area in area.value.keys.map { "\(area.key).\($0)" } })
    }

    @Test func `every language says everything, with the same arguments`() throws {
        let english = try #require(PageTexts.all["en"])
        for (language, texts) in PageTexts.all {
            let names = Self.names[language] ?? []
            #expect(names == Self.names["en"], "\(language)")
            for name in names {
                #expect(
                    Self.arguments(texts(name)) == Self.arguments(english(name)),
                    "\(language): \(name)")
            }
        }
    }

    private static func arguments(_ text: String) -> Set<Substring> {
        Set(text.matches(of: #/\{[a-z]+\}/#).map(\.output))
    }

    @Test func `every text that a template names is there`() throws {
        let names = try #require(Self.names["en"])
        for (path, template) in EmbeddedText.files where path.hasSuffix(".mustache") {
            for match in template.matches(of: #/\{\{t\.([a-z_.]+)\}\}/#) {
                #expect(names.contains(String(match.output.1)), "\(path): \(match.output.1)")
            }
        }
    }

    @Test func `every template is one`() throws { _ = try PageRenderer() }

    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (1_048_576, "1,048,576"), (-12_001, "-12,001"),
        (Int.min, "-9,223,372,036,854,775,808"),
    ])
    func `whole numbers are grouped, and read as they are written`(
        value: Int, told: String
    ) throws {
        let texts = try #require(PageTexts.all["en"])
        #expect(texts.number(value) == told)
        #expect(texts.integer(told) == value && texts.integer("\(value)") == value)
        #expect(texts("upload.row", ["number": value]) == "Row \(value)")
        let german = try #require(PageTexts.all["de"])
        #expect(german.number(value) == told.replacing(",", with: "."))
    }

    @Test(arguments: ["", " ", "1,00", "10,00,000", ",100", "1.000", "1e3", "ten"])
    func `what is no whole number is none`(text: String) throws {
        #expect(try #require(PageTexts.all["en"]).integer(text) == nil)
    }

    @Test(arguments: [
        ("en", "month", "month"), ("de", "month", "Monat"), ("de", "year", "Jahr"),
        ("de", "quarter", "quarter"),
    ])
    func `what a price is for is said in the reader's words`(
        language: String, period: String, told: String
    ) throws {
        let texts = try #require(PageTexts.all[language])
        #expect(texts.period(period) == told)
        #expect(texts.period("") == nil && texts.period(nil) == nil)
    }

    @Test func `one of something is told in its own words`() throws {
        let texts = try #require(PageTexts.all["en"])
        #expect(texts("state.to_fix", ["count": 1]) == "1 to fix")
        #expect(texts("effect.trial_undated", ["count": 1, "portal": "Close"]).contains("Close"))
        #expect(!texts("effect.trial_undated", ["count": 12, "portal": "Close"]).contains("{"))
    }
}
