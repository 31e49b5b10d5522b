/// The names a handler understands. Events carry them as small numbers, so no name is ever compared
/// as text.
///
/// A word's token is its index in `words`, a namespace's its index in `namespaces`.
package struct XMLVocabulary: Sendable {
    /// The token of any other name, and of any other namespace.
    package static let unknown: UInt8 = 255

    /// Local names of elements and attributes; at most 255.
    package let words: [String]
    /// Groups of URIs that mean the same, such as the Transitional and the Strict one. An empty URI
    /// stands for names without namespace. Elements have words in the first group only; the others
    /// are for attributes.
    package let namespaces: [[String]]

    package init(words: [String], namespaces: [[String]]) {
        precondition(words.count < Self.unknown && namespaces.count < Self.unknown)
        self.words = words
        self.namespaces = namespaces
    }

    /// The vocabulary whose words are the cases of an enumeration: a token is a case's raw value.
    package init<Word>(_ words: Word.Type, namespaces: [[String]])
    where Word: CaseIterable & RawRepresentable, Word.RawValue == UInt8 {
        for (index, word) in Word.allCases.enumerated() {
            precondition(Int(word.rawValue) == index, "raw values count from 0")
        }
        self.init(words: Word.allCases.map { String(describing: $0) }, namespaces: namespaces)
    }
}
