package import Portals
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
    /// Puts values in the cells of filled rows, as if they had been typed there, one after another;
    /// what must equal such a cell, and did, goes with it. One for a cell that is not in the store
    /// changes nothing.
    package mutating func apply(_ corrections: [Correction], of definition: Definition) {
        for correction in corrections {
            guard
                let sheet = sheets.firstIndex(where: { $0.name == correction.sheet }),
                let row = sheets[sheet].row(withNumber: correction.rowNumber),
                let column = sheets[sheet].columns.firstIndex(where: {
                    $0.columnIndex == correction.columnIndex
                })
            else { continue }
            guard case .field(let field) = sheets[sheet].columns[column].role else {
                put(correction.value, sheet, row, column)
                continue
            }
            let before = Trimming.trimmed(text(sheet: sheet, row: row, field: field))
            correct(correction.value, sheet, row, field)
            let equalities = definition.sheets[sheets[sheet].definitionIndex].equalities
            for (follower, other) in equalities where other == field {
                guard Trimming.trimmed(text(sheet: sheet, row: row, field: follower)) == before
                else { continue }
                correct(correction.value, sheet, row, follower)
            }
        }
    }

    private mutating func correct(_ value: String, _ sheet: Int, _ row: Int, _ field: Int) {
        let was = text(sheet: sheet, row: row, field: field)
        guard let column = sheets[sheet].column(ofField: field) else { return }
        put(value, sheet, row, column)
        if was == value { return }
        taken.append(
            TakenSuggestion(
                sheet: sheet, row: row, field: field, was: was, now: value, isCorrection: true))
    }

    private mutating func put(_ value: String, _ sheet: Int, _ row: Int, _ column: Int) {
        if value.isEmpty {
            sheets[sheet].set(.blank, row: row, column: column)
        } else if let text = texts.append(value) {
            sheets[sheet].set(StoredCell(kind: .text, textID: text), row: row, column: column)
        }
    }
}
