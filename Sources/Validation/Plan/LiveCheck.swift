import Portals

/// A check that a workbook can make by itself while somebody types: what the `Check` column says.
///
/// Rules offer them; `Reports` turns each into a formula and into the value the formula has.
package enum LiveCheck: Sendable, Equatable {
    /// Something must stand in the field of a row that is filled at all.
    case missing(field: Int)
    /// White space before or after the value.
    case outerSpace(field: Int)
    /// A fraction, a boolean, a line break or a formula typed as text, where a text is meant.
    case notPlainText(field: Int)
    /// Not of the form name@domain.
    case notAnAddress(field: Int)
    case tooLong(field: Int, maximum: Int)
    /// Not one of the field's choices.
    case notAChoice(field: Int)
    /// Something stands there, and it is not what the other field has.
    case mustEqual(field: Int, other: Int)
    /// The value is also in another row.
    case duplicate(field: Int)
    /// Not among the names of a directory, when there is a list of them in the workbook.
    case notInDirectory(field: Int, directory: String)

    package var field: Int {
        switch self {
        case .missing(let field), .outerSpace(let field), .notPlainText(let field),
            .notAnAddress(let field),
            .tooLong(let field, _), .notAChoice(let field), .mustEqual(let field, _),
            .duplicate(let field), .notInDirectory(let field, _):
            field
        }
    }

    /// The checks that follow from a field's type.
    static func form(of field: Field, at index: Int) -> [LiveCheck] {
        switch field.type {
        case .text: [.outerSpace(field: index), .notPlainText(field: index)]
        case .email: [.outerSpace(field: index), .notAnAddress(field: index)]
        case .choice: [.outerSpace(field: index), .notAChoice(field: index)]
        case .country, .date, .integer, .boolean: []
        }
    }
}
