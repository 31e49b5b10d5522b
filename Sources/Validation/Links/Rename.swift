/// A row that gives its record another name.
struct Rename: Sendable {
    /// Position of the sheet in the store, and the row.
    let place: Place
    /// Position of the record among those known of the sheet.
    let record: Int
    /// The record's values, by field: as they are, and once the row is taken.
    let before, after: [String?]
}
