package import Portals

/// Yes and no as people write them, in English and German.
package enum YesNoText {
    /// Longest word, in bytes.
    private static let sizeMax = 6

    private static let yes: Set = ["yes", "y", "true", "1", "x", "ja", "j", "wahr"]
    private static let no: Set = ["no", "n", "false", "0", "nein", "falsch"]

    /// Yes, then no, as templates offer them.
    package static let titles = [
        LocalizedText(byLanguage: ["en": "Yes", "de": "Ja"]),
        LocalizedText(byLanguage: ["en": "No", "de": "Nein"]),
    ]

    /// What a text answers, in any case and with white space around it; nil when it is neither
    /// (a blank is neither).
    ///
    /// The text of a cell of truth, `1` or `0`, is read alike.
    package static func value(of text: UnsafeBufferPointer<UInt8>) -> Bool? {
        let text = Trimming.trimmed(text)
        guard text.count <= sizeMax else { return nil }
        let word = String(decoding: text, as: UTF8.self).lowercased()
        if yes.contains(word) { return true }
        return no.contains(word) ? false : nil
    }

    /// What a text answers; nil when it is neither yes nor no.
    package static func value(of text: String) -> Bool? {
        var text = text
        return text.withUTF8 { value(of: $0) }
    }
}
