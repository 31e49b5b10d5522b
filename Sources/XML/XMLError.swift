/// Why a document was not read to its end: a broken rule of XML, or a limit.
package struct XMLError: Error, Equatable {
    /// What is wrong. The raw values are the stable codes of the catalogue.
    package enum Code: String, Sendable, CaseIterable {
        case doctype = "xml.doctype"
        case encodingNotAllowed = "xml.encoding_not_allowed"
        case tooManyAttributes = "xml.too_many_attributes"
        case tagTooLong = "xml.tag_too_long"
        case tooManyNamespaces = "xml.too_many_namespaces"
        case tooManyNames = "xml.too_many_names"
        case tooDeep = "xml.too_deep"
        case tooManyUnknown = "xml.too_many_unknown"
        case malformed = "xml.malformed"
    }

    package let code: Code
    /// Bytes of the document, as UTF-8, before the place where it was noticed.
    package let byteOffset: UInt64
    /// What stands there, in words; never text of the document beyond names.
    package let found: String
    /// What would have been allowed.
    package let expected: String

    package init(code: Code, byteOffset: UInt64, found: String, expected: String) {
        self.code = code
        self.byteOffset = byteOffset
        self.found = found
        self.expected = expected
    }
}
