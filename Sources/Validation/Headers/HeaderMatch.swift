/// The header row of a sheet, understood.
package struct HeaderMatch: Sendable {
    /// A column with a header.
    package struct Column: Sendable {
        package var columnIndex: Int
        /// The header as it came.
        package var title: String
        package var meaning: HeaderMeaning
        /// Whether a field was found by another name than its titles.
        package var isAlias: Bool
    }

    /// From 0.
    package let rowIndex: Int
    /// Columns with a header, from left to right; two may have the same meaning.
    package let columns: [Column]

    init(row: HeaderRow, meanings: [HeaderMeaning], titles: (String) -> Bool) {
        rowIndex = row.rowIndex
        columns = zip(row.cells, meanings).filter { !$0.0.text.isEmpty }.map { cell, meaning in
            Column(
                columnIndex: cell.columnIndex, title: cell.text, meaning: meaning,
                isAlias: meaning.field != nil && !titles(cell.text))
        }
    }

    package var fieldCount: Int { Set(columns.compactMap(\.meaning.field)).count }

    /// Whether some column is this field.
    package func hasField(_ index: Int) -> Bool { columns.contains { $0.meaning.field == index } }

    /// Columns that a field has beyond its first one.
    package var repeated: [Column] {
        var seen: Set<Int> = []
        return columns.filter { column in
            column.meaning.field.map { !seen.insert($0).inserted } ?? false
        }
    }
}
