/// The attributes of an element, found by the tokens of their names; valid during the event only.
package struct XMLAttributes {
    /// For each attribute, as libxml2 has it: local name, prefix, URI, first byte and end of the
    /// value.
    static let fieldsPerAttribute = 5

    let fields: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
    /// For each attribute the token of its namespace in the upper byte, of its word in the lower.
    let tokens: UnsafePointer<UInt16>
    package let count: Int

    /// The token of names without prefix, which belong to no namespace.
    static let noNamespace: UInt8 = 254

    static func token(word: UInt8, namespace: UInt8) -> UInt16 {
        UInt16(namespace) << 8 | UInt16(word)
    }

    /// The value of the attribute without prefix of that name, as it stands: see `string(_:)` for
    /// ampersands.
    @inline(__always)
    package subscript(word: UInt8) -> UnsafeBufferPointer<UInt8>? {
        self[word, in: Self.noNamespace]
    }

    /// The value of the attribute of that name and namespace.
    @inline(__always)
    package subscript(word: UInt8, in namespace: UInt8) -> UnsafeBufferPointer<UInt8>? {
        let wanted = Self.token(word: word, namespace: namespace)
        for index in 0..<count where tokens[index] == wanted {
            return value(at: index)
        }
        return nil
    }

    /// The word of the attribute at an index; unknown for one with a prefix.
    @inline(__always)
    package func word(at index: Int) -> UInt8 {
        tokens[index] >> 8 == UInt16(Self.noNamespace)
            ? UInt8(truncatingIfNeeded: tokens[index]) : XMLVocabulary.unknown
    }

    /// The value of an attribute without prefix as a string, whole.
    package func string(_ word: UInt8) -> String? {
        self[word].map(Self.decode)
    }

    /// The value of an attribute of a namespace as a string, whole.
    package func string(_ word: UInt8, in namespace: UInt8) -> String? {
        self[word, in: namespace].map(Self.decode)
    }

    /// The value of the attribute at an index, as it stands.
    @inline(__always)
    package func value(at index: Int) -> UnsafeBufferPointer<UInt8> {
        let at = index * Self.fieldsPerAttribute
        guard let start = fields?[at + 3], let end = fields?[at + 4] else {
            return UnsafeBufferPointer(start: nil, count: 0)
        }
        return UnsafeBufferPointer(start: start, count: end - start)
    }

    /// Where entities are not replaced libxml2 leaves each ampersand of a value as `&#38;`.
    private static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        let ampersand = "&#38;"
        guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
        return text.split(separator: ampersand, omittingEmptySubsequences: false)
            .joined(separator: "&")
    }
}
