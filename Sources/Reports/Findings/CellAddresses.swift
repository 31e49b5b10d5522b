package import Validation

/// Where the places of a store stand in some workbook: the one that came, or one we write.
package protocol CellAddresses: Sendable {
    func sheetName(_ sheet: Int) -> String
    /// The row's number, from 1; nil when the workbook lacks the row.
    func rowNumber(sheet: Int, row: Int) -> Int?
    /// The field's column, from 0; nil when the workbook lacks it.
    func columnIndex(sheet: Int, field: Int) -> Int?
    /// The column that says what a row asks for, from 0; nil when the workbook lacks it.
    func actionColumnIndex(sheet: Int) -> Int?
}

/// The addresses of the workbook that was read.
package struct UploadedAddresses: CellAddresses {
    private let store: RowStore

    package init(_ store: RowStore) { self.store = store }

    package func sheetName(_ sheet: Int) -> String { store.sheets[sheet].name }

    package func rowNumber(sheet: Int, row: Int) -> Int? { store.sheets[sheet].rowNumber(row) }

    package func columnIndex(sheet: Int, field: Int) -> Int? {
        let sheet = store.sheets[sheet]
        return sheet.column(ofField: field).map { sheet.columns[$0].columnIndex }
    }

    package func actionColumnIndex(sheet: Int) -> Int? {
        let sheet = store.sheets[sheet]
        return sheet.actionColumn.map { sheet.columns[$0].columnIndex }
    }
}
