/// A text in several languages, by ISO 639-1 code.
package struct LocalizedText: Sendable, Equatable {
    package var byLanguage: [String: String]

    package init(_ english: String) { byLanguage = ["en": english] }
    package init(byLanguage: [String: String]) { self.byLanguage = byLanguage }

    /// The text in a language, else in English, else in the first language there is.
    package func text(in language: String) -> String {
        if let text = byLanguage[language] ?? byLanguage["en"] { return text }
        return byLanguage.min { $0.key < $1.key }?.value ?? ""
    }

    /// The text in every language, English first, then by language code.
    package var all: [String] {
        let others = byLanguage.filter { $0.key != "en" }.sorted { $0.key < $1.key }
        return [byLanguage["en"]].compactMap(\.self) + others.map(\.value)
    }
}
