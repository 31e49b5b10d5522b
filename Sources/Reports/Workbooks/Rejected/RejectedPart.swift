import Portals
import Validation

/// The rows that one rejected workbook holds, and where its cells stand.
struct RejectedPart: CellAddresses {
    /// Rows of the store, by its sheets; empty for sheets that this workbook lacks.
    let rows: [[Int]]
    /// By sheet of the store.
    let layouts: [SheetLayout]
    private let names: [String]
    /// Row numbers in this workbook, by sheet and row of the store; 0 for rows elsewhere.
    private let numbers: [[UInt32]]

    init(rows: [[Int]], layouts: [SheetLayout], names: [String], store: RowStore) {
        self.rows = rows
        self.layouts = layouts
        self.names = names
        numbers = zip(store.sheets, rows).map { sheet, rows in
            var numbers = [UInt32](repeating: 0, count: sheet.rowCount)
            for (position, row) in rows.enumerated() {
                numbers[row] = UInt32(truncatingIfNeeded: position + 2)
            }
            return numbers
        }
    }

    func sheetName(_ sheet: Int) -> String { names[sheet] }

    func rowNumber(sheet: Int, row: Int) -> Int? {
        let number = numbers[sheet][row]
        return number == 0 ? nil : Int(number)
    }

    func columnIndex(sheet: Int, field: Int) -> Int? { layouts[sheet].index(of: .field(field)) }

    func actionColumnIndex(sheet: Int) -> Int? { layouts[sheet].index(of: .action) }
}
