import Foundation
import Gate
import Spreadsheet
import Validation
import Zip

/// Cells that were mended after a workbook came, as JSON: a list of objects with `sheet`, `cell`
/// ("B7") and `value`.
enum CorrectionFile {
    private struct Line: Decodable {
        let sheet: String
        let cell: String
        let value: String
    }

    /// - Throws: `UsageError`.
    static func read(_ path: String) throws -> [Correction] {
        let text = try InputFile(openingList: path).text()
        do {
            return try JSONDecoder().decode([Line].self, from: Data(text.utf8)).map { line in
                guard let cell = CellReference(line.cell) else {
                    throw UsageError("“\(line.cell)” in “\(path)” is no cell.")
                }
                return Correction(
                    sheet: line.sheet, rowNumber: cell.rowIndex + 1,
                    columnIndex: cell.columnIndex, value: line.value)
            }
        } catch is DecodingError {
            throw UsageError("The corrections in “\(path)” can't be read.")
        }
    }
}
