import Catalogue
package import Spreadsheet
import Zip

/// Reads the rows of one worksheet, from the first to the last, in batches.
///
///     let reader = try workbook.open(sheet)
///     var batch = RowBatch()
///     while try reader.next(into: &batch) { … }
///
/// What stands before the end is not proven before the end: only when `next` has returned false was
/// the part whole, its XML well formed and its CRC right. Merges and filter stand behind the rows
/// in the file: ask for them then.
package final class WorksheetReader {
    /// Rows after which a batch is handed over, unless its cells or bytes are many already.
    private static let batchRowCount = 4_096
    private static let batchCellCount = 1 << 16
    private static let batchSizeBytes = 1 << 20

    private let handler: WorksheetHandler
    private let part: RecordReading<WorksheetRows>

    init(handler: WorksheetHandler, part: RecordReading<WorksheetRows>) {
        self.handler = handler
        self.part = part
    }

    /// Merged ranges, at most as many as the limits keep; complete at the end.
    package var merges: [CellRange] { handler.rows.merges }

    /// How many merged ranges there are, kept or not.
    package var mergeCount: Int { handler.rows.mergeCount }

    /// Whether the sheet has a filter, so that hidden rows may be filtered ones.
    package var hasAutoFilter: Bool { handler.rows.hasAutoFilter }

    /// Bytes of the file that were taken in so far, of `SheetInfo.size`.
    package var sizeRead: Int { part.sizeRead }

    /// Replaces what is in `batch` by the next rows; false at the end.
    ///
    /// - Throws: `sheet.bad_row_ref`, `sheet.row_order`, `sheet.duplicate_cell` (not when opened as
    ///   written), `sheet.too_many_cells`, `xml.*`, `zip.*`; after that the reader is not to be
    ///   used. What is wrong with one cell is its kind and not thrown.
    package func next(into batch: inout RowBatch) throws(WorkbookError) -> Bool {
        while !part.isAtEnd, !isBatchFull {
            try part.step { handler.rows.join($0) }
            if var failure = handler.rows.failure {
                failure.part = part.partName
                throw failure
            }
        }
        guard handler.rows.isWorksheet else {
            throw WorkbookError(
                .workbookSheetMissing, part: part.partName, found: "another document",
                expected: "a worksheet")
        }
        take(into: &batch)
        return !batch.rows.isEmpty
    }

    private var isBatchFull: Bool {
        let batch = handler.rows.batch
        return part.isInPieces && !batch.rows.isEmpty
            || batch.rows.count >= Self.batchRowCount
            || batch.rows.count > 1
                && (batch.cells.count >= Self.batchCellCount
                    || batch.bytes.count >= Self.batchSizeBytes)
    }

    /// Swaps the batches and gives the row that is still open, if any, back to the handler.rows.
    private func take(into batch: inout RowBatch) {
        batch.removeAll()
        swap(&batch, &handler.rows.batch)
        guard handler.rows.isInRow, let open = batch.rows.last else { return }
        handler.rows.keep(open, from: &batch)
    }
}
