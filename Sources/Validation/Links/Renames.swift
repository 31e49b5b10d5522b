/// What the rows of a workbook rename, carried out.
struct Renames: Sendable {
    /// The rows, with the new names.
    let store: RowStore
    /// What is known, with the names that it will have; what is renamed itself as it is.
    let records: KnownRecords
    /// By sheet of the Definition, the positions of the known records that rows rename.
    let renamed: [Set<Int>]
    /// Rows without an id that are about what another one renames, by its position among the known.
    let namesakes: [Place: Int]
    /// By row, the renames that it rests on.
    let grounds: [Place: [RenameGround]]
}

/// A rename that a row rests on, as it says the name: that row's, and what the fields said before.
package struct RenameGround: Sendable {
    /// Position of the sheet in the store, and the row.
    package let row: Place
    package let formerNames: [(field: Int, name: String)]
}
