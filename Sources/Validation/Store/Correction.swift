import Spreadsheet

/// What somebody wrote in a cell after the workbook was read.
package struct Correction: Sendable, Equatable {
    /// The sheet's name in the workbook.
    package let sheet: String
    /// As Excel counts.
    package let rowNumber: Int
    /// From 0.
    package let columnIndex: Int
    /// Empty for a cell that is to be blank.
    package let value: String

    package init(sheet: String, rowNumber: Int, columnIndex: Int, value: String) {
        self.sheet = sheet
        self.rowNumber = rowNumber
        self.columnIndex = columnIndex
        self.value = value
    }
}

extension RowStore {
    /// Puts values in the cells of filled rows, as if they had been typed there. One for a cell
    /// that is not in the store changes nothing.
    package mutating func apply(_ corrections: [Correction]) {
        for correction in corrections {
            guard
                let sheet = sheets.firstIndex(where: { $0.name == correction.sheet }),
                let row = sheets[sheet].row(withNumber: correction.rowNumber),
                let column = sheets[sheet].columns.firstIndex(where: {
                    $0.columnIndex == correction.columnIndex
                })
            else { continue }
            if correction.value.isEmpty {
                sheets[sheet].set(.blank, row: row, column: column)
            } else if let text = texts.append(correction.value) {
                sheets[sheet].set(StoredCell(kind: .text, textID: text), row: row, column: column)
            }
        }
    }
}
