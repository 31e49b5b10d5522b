package import Catalogue
import XML
import Zip

/// Why a workbook, or one of its parts, cannot be read.
package struct WorkbookError: Error, Equatable {
    package var code: Code
    /// The part's name in the package, such as `xl/worksheets/sheet1.xml`; nil for the file as a
    /// whole.
    package var part: String?
    /// Counts from 1; nil where no row is meant.
    package var rowNumber: Int?
    /// Bytes before the place: of the file for `zip.*`, of the part's text for `xml.*`.
    package var offset: UInt64?
    /// What stands there, in words; never a cell's value.
    package var found: String
    /// What would have been right.
    package var expected: String

    package init(
        _ code: Code, part: String? = nil, rowNumber: Int? = nil, offset: UInt64? = nil,
        found: String, expected: String
    ) {
        self.code = code
        self.part = part
        self.rowNumber = rowNumber
        self.offset = offset
        self.found = found
        self.expected = expected
    }
}

extension WorkbookError {
    /// An archive's error, at the same place. Every raw value of its codes is a code of the
    /// catalogue.
    init(_ error: ZipError) {
        self.init(
            Code(rawValue: error.code.rawValue) ?? .zipCorrupt, part: error.entry,
            offset: error.offset, found: error.found, expected: error.expected)
    }

    /// A document's error, with the part it is about.
    init(_ error: XMLError, part: String) {
        self.init(
            Code(rawValue: error.code.rawValue) ?? .xmlMalformed, part: part,
            offset: error.byteOffset, found: error.found, expected: error.expected)
    }
}

extension WorkbookError: CustomStringConvertible {
    package var description: String {
        let place = [part, rowNumber.map { "row \($0)" }, offset.map { "byte \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
        let start = place.isEmpty ? "" : "\(place): "
        return "\(start)found \(found); expected \(expected) [\(code.rawValue)]"
    }
}
