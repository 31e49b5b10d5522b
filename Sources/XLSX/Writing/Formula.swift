package import Spreadsheet

/// A formula of our own, without the leading `=`.
///
/// It can only be composed from literals in the code and from typed parts; there is deliberately
/// no way from a `String` to a formula, except as a quoted text inside one:
/// ```swift
/// let check: Formula = "IF(\(cell)=\"\",\(text: "OK"),COUNTIF(\(lists)\(fixed: names),\(cell)))"
/// ```
package struct Formula: ExpressibleByStringInterpolation, Hashable, Sendable {
    /// What stands in the file.
    package let text: String

    package init(stringLiteral literal: StaticString) {
        text = "\(literal)"
    }

    package init(stringInterpolation: Interpolation) {
        text = stringInterpolation.text
    }

    /// The parts that a formula may be composed of.
    package struct Interpolation: StringInterpolationProtocol {
        /// UTF-16 units of the longest text literal in a formula (Excel specifications).
        private static let literalLengthMax = 255

        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {}

        package mutating func appendLiteral(_ literal: StaticString) {
            text += "\(literal)"
        }

        /// Another formula, as it is.
        package mutating func appendInterpolation(_ formula: Formula) {
            text += formula.text
        }

        /// A cell that moves with the formula: `B7`.
        package mutating func appendInterpolation(_ cell: CellReference) {
            text += cell.description
        }

        /// A range that moves with the formula: `A1:C3`.
        package mutating func appendInterpolation(_ range: CellRange) {
            text += range.description
        }

        /// A cell that stays: `$B$7`.
        package mutating func appendInterpolation(fixed cell: CellReference) {
            text += cell.absoluteText
        }

        /// A range that stays: `$A$1:$C$3`.
        package mutating func appendInterpolation(fixed range: CellRange) {
            text += range.absoluteText
        }

        /// A whole column that stays: `$B:$B`. No moving, deleting or sorting of cells changes it.
        package mutating func appendInterpolation(column index: Int) {
            let letters = ColumnName.letters(of: index)
            text += "$\(letters):$\(letters)"
        }

        /// A cell whose column stays: `$B7`.
        package mutating func appendInterpolation(fixedColumn cell: CellReference) {
            text += "$\(cell)"
        }

        /// The sheet of the reference that follows: `'Read me'!`.
        package mutating func appendInterpolation(_ sheet: SheetName) {
            text += sheet.quoted + "!"
        }

        /// A defined name.
        package mutating func appendInterpolation(_ name: DefinedName) {
            text += name.text
        }

        /// A whole number.
        package mutating func appendInterpolation(_ number: Int) {
            text += String(number)
        }

        /// A quoted text; one too long for a literal is joined from several.
        package mutating func appendInterpolation(text value: String) {
            var pieces: [String] = []
            var piece = ""
            for character in value.unicodeScalars {
                if piece.utf16.count + 2 > Self.literalLengthMax {
                    pieces.append(piece)
                    piece = ""
                }
                piece.unicodeScalars.append(character)
                if character == "\"" { piece += "\"" }
            }
            pieces.append(piece)
            text += pieces.map { "\"\($0)\"" }.joined(separator: "&")
        }
    }
}
