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

    @Test func `one of something is told in its own words`() throws {
        let texts = try #require(PageTexts.all["en"])
        #expect(texts("state.to_fix", ["count": 1]) == "1 to fix")
        #expect(texts("effect.trial_undated", ["count": 1, "portal": "Close"]).contains("Close"))
        #expect(!texts("effect.trial_undated", ["count": 12, "portal": "Close"]).contains("{"))
    }
}
