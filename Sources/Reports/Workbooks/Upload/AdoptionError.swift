/// Why a portal's own template cannot be filled in without changing more than its data rows.
package struct AdoptionError: Error, Sendable, Equatable {
    /// What stands in the way.
    package enum Code: String, Sendable, CaseIterable {
        /// The sheet's part is missing, too large, or no markup that can be followed.
        case part = "adopt.part"
        /// There is no header row where it is said to be.
        case header = "adopt.header"
        /// Below the header stands something that belongs to cells: a merge, a link, a formula.
        case tied = "adopt.tied_cells"
        /// The workbook is signed; any change breaks the signature.
        case signed = "adopt.signed"
        /// More rows than a sheet takes.
        case rows = "adopt.too_many_rows"
    }

    package var code: Code
    /// The part, and where in it.
    package var place: String
    package var found: String
    package var expected: String

    init(_ code: Code, at place: String, found: String, expected: String) {
        self.code = code
        self.place = place
        self.found = found
        self.expected = expected
    }
}

extension AdoptionError: CustomStringConvertible {
    package var description: String {
        "\(place): found \(found); expected \(expected) [\(code.rawValue)]"
    }
}
