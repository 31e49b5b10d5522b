import Portals
import Validation

/// The rows that one rejected workbook holds, and where its cells stand.
struct RejectedPart: CellAddresses {
    /// Rows of the store from the top down, by its sheets; empty for sheets that this workbook
    /// lacks.
    let rows: [[Int]]
    /// By sheet of the store.
    let layouts: [SheetLayout]
    let names: [String]

    func sheetName(_ sheet: Int) -> String { names[sheet] }

    /// The row's number in this workbook; nil for a row elsewhere.
    func rowNumber(sheet: Int, row: Int) -> Int? {
        let rows = rows[sheet]
        let position = rows.firstPosition { $0 >= row }
        return position < rows.count && rows[position] == row ? position + 2 : nil
    }

    func columnIndex(sheet: Int, field: Int) -> Int? { layouts[sheet].index(of: .field(field)) }

    func actionColumnIndex(sheet: Int) -> Int? { layouts[sheet].index(of: .action) }
}
