/// A name for a range or formula of a workbook, such as `Domains` or `List_3`.
///
/// Made of literals and numbers only, so that no text from a file becomes a name.
package struct DefinedName: Hashable, Sendable {
    /// The name as formulas write it.
    package let text: String

    /// A name of our own; with a number it is `prefix_number`.
    package init(_ prefix: StaticString, number: Int? = nil) {
        text = number.map { "\(prefix)_\($0)" } ?? "\(prefix)"
    }

    private init(builtIn: StaticString) {
        text = "_xlnm.\(builtIn)"
    }

    /// The hidden name that Excel gives the range of a sheet's filter.
    static let filterDatabase = DefinedName(builtIn: "_FilterDatabase")

    /// The rows that head every printed page of a sheet.
    static let printTitles = DefinedName(builtIn: "Print_Titles")
}
