import Catalogue
import Spreadsheet
import XLSX
import XML
import Zip

/// What reading a workbook comes to.
struct ReadBook: Equatable {
    /// A cell that holds something.
    struct Cell: Equatable {
        var place: CellReference
        var kind: CellKind
        var isFormula: Bool
        var formatIndex: UInt16
        var text: [UInt8]
    }

    /// Why a workbook is not read. Which of two faults of broken markup is named first depends on
    /// the pieces, so its words are left out.
    private struct Failure: Equatable {
        var code: Code
        var part: String?
    }

    /// Of all sheets; none when there is an error, as how many were handed out before it depends on
    /// the pieces.
    private(set) var cells: [Cell] = []
    private var failure: Failure?

    var hasError: Bool { failure != nil }

    /// As for an upload, but for the number of names, for which every parser has a table ready:
    /// filling it would be most of what is done here.
    private static let limits = {
        var limits = WorkbookLimits.upload
        limits.xml.namesMax = 128
        return limits
    }()

    init(_ source: any ByteSource, pieceSize: Int? = nil, asWritten: Bool = false) {
        var parallelism = Parallelism()
        parallelism.pieceSizeBytes = pieceSize
        do throws(WorkbookError) {
            let workbook = try Workbook(
                opening: source, limits: Self.limits, parallelism: parallelism)
            for sheet in workbook.sheets {
                try read(
                    asWritten ? workbook.openAsWritten(sheet) : workbook.open(sheet), of: workbook)
            }
        } catch {
            cells = []
            failure = Failure(code: error.code, part: error.part)
        }
    }

    private mutating func read(
        _ reader: WorksheetReader, of workbook: Workbook
    ) throws(WorkbookError) {
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            for row in batch.rows {
                for cell in batch.cells[row.cellStart..<row.cellEnd] {
                    add(cell, of: row, in: batch, workbook.sharedStrings)
                }
            }
        }
    }

    private mutating func add(
        _ cell: CellRecord, of row: RowRecord, in batch: RowBatch, _ strings: TextTable
    ) {
        cells.append(
            Cell(
                place: CellReference(
                    rowIndex: Int(row.rowIndex), columnIndex: Int(cell.columnIndex)),
                kind: cell.kind, isFormula: cell.isFormula, formatIndex: cell.formatIndex,
                text: cell.isShared
                    ? strings.withBytes(of: cell.payload) { Array($0) }
                    : batch.withBytes(of: cell) { Array($0) }))
    }
}
