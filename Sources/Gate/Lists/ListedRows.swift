import Portals
import Spreadsheet
import Validation

/// The rows of a list with their values in normal form, to be judged as rows are, each with the
/// record that it makes.
struct ListedRows {
    /// A sheet for each table.
    private(set) var store = RowStore()
    /// By sheet of the store, then by row.
    private(set) var records: [[KnownRecord]] = []
    /// Of the last sheet, by column.
    private var fields: [Int] = []

    /// Begins with another table.
    ///
    /// - Parameters:
    ///   - sheet: the one of the Definition that its rows are of.
    ///   - columns: its fields, and where they stand, from 0, under which titles.
    mutating func begin(
        _ sheet: Int, of definition: Definition, named name: String, headerNumber: Int,
        _ columns: [(field: Int, index: Int, title: String)]
    ) {
        fields = columns.map(\.field)
        records.append([])
        store.sheets.append(
            SheetStore(
                definitionIndex: sheet, name: name, headerRowNumber: headerNumber,
                fieldCount: definition.sheets[sheet].fields.count,
                columns: columns.map {
                    StoredColumn(role: .field($0.field), title: $0.title, columnIndex: $0.index)
                }))
    }

    mutating func add(_ record: KnownRecord, number: Int) {
        let last = store.sheets.count - 1
        store.sheets[last].appendRow(number: UInt32(number), isHidden: false)
        for (column, field) in fields.enumerated() {
            // Of texts beyond what one table takes, nothing is said.
            guard let text = record.values[field], !text.isEmpty,
                let id = store.texts.append(text)
            else { continue }
            store.sheets[last].set(
                StoredCell(kind: .text, textID: id), row: records[last].count, column: column)
        }
        records[last].append(record)
    }
}
