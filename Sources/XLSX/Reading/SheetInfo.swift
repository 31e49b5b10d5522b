/// What a workbook's list of sheets says about one of them.
package struct SheetInfo: Sendable, Equatable {
    /// Whether people see it (ECMA-376 Part 1 §18.18.68). A state that is none of these counts as
    /// visible.
    package enum Visibility: Sendable { case visible, hidden, veryHidden }

    /// What it shows, as the type of its relationship says; the raw values are what `inspect`
    /// prints.
    package enum Kind: String, Sendable { case worksheet, chartsheet, dialogsheet, macrosheet }

    /// Why a listed sheet cannot be opened.
    package enum Missing: String, Sendable {
        case noRelationship = "its relationship is not there"
        case external = "its part is in another file"
        case noPart = "its part is not in the package"
    }

    package var name: String
    /// Its place in the list, from 0; hidden ones count.
    package var index: Int
    package var visibility: Visibility
    package var kind: Kind
    /// The name of its part as the archive has it; nil when it is missing.
    package var partName: String?
    /// Bytes that its part takes in the file; 0 when it is missing.
    package var size = 0
    /// Why there is no part; nil when there is one.
    package var missing: Missing?
}
