/// How much a document may ask of the parser, so that no document costs more than its bytes.
package struct XMLLimits: Sendable {
    /// Elements inside one another. SpreadsheetML needs about 12.
    package var depthMax = 32
    /// Attributes of one element; the parser compares each with each. Honest elements have under
    /// 40.
    package var attributesPerElementMax = 64
    /// Namespace declarations on one element; each costs every name below it a comparison.
    package var namespacesPerElementMax = 32
    /// Different namespace URIs in a document. Excel declares about 30 at most.
    package var namespaceURIsMax = 64
    /// Different names of elements and attributes. Names are kept until the end of the document.
    package var namesMax = 512
    /// Processing instructions, and elements of namespaces the handler does not know.
    /// A sheet with 100,000 sparklines has that many honest ones; beyond, it is a flood.
    package var unknownMax = 1_000_000
    /// Bytes inside one tag: the parser holds a tag until it is whole, in quadratic time.
    package var tagSizeBytesMax = 64 * 1024
    /// Bytes of one comment, CDATA section or processing instruction, held as well but in linear
    /// time.
    package var sectionSizeBytesMax = 512 * 1024

    package init() {}

    /// What every part of an uploaded workbook has to keep to.
    package static let standard = XMLLimits()
}

extension XMLLimits {
    /// What an error of that code says was expected.
    func expectation(of code: XMLError.Code) -> String {
        switch code {
        case .doctype: "no document type declaration"
        case .encodingNotAllowed: "UTF-8 or UTF-16"
        case .tooManyAttributes: "at most \(attributesPerElementMax) attributes"
        case .tagTooLong: "a tag of at most \(tagSizeBytesMax) bytes"
        case .tooManyNamespaces:
            "at most \(namespacesPerElementMax) on an element and \(namespaceURIsMax) URIs in all"
        case .tooManyNames: "at most \(namesMax) names beside the known ones"
        case .tooDeep: "at most \(depthMax) elements inside one another"
        case .tooManyUnknown: "at most \(unknownMax) unknown elements"
        case .malformed: "well-formed XML"
        }
    }
}
