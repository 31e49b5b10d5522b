import Spreadsheet

/// How many rows and cells of a worksheet are filled, counted batch by batch.
package struct FilledCounts: Sendable, Equatable {
    package private(set) var rows = 0
    package private(set) var cells = 0
    /// The last filled row: one that is written in two places one after the other is one row.
    private var lastRowIndex: UInt32?

    /// Nothing so far.
    package init() {}

    /// Counts what is in a batch of a sheet of `workbook`.
    package mutating func add(_ batch: RowBatch, of workbook: Workbook) {
        // Of its own: asked of the workbook, every cell would count a reference.
        let strings = workbook.sharedStrings
        for row in batch.rows {
            let count = batch.cells[row.cellStart..<row.cellEnd].count { $0.isFilled(in: strings) }
            cells += count
            guard count > 0, row.rowIndex != lastRowIndex else { continue }
            rows += 1
            lastRowIndex = row.rowIndex
        }
    }
}

extension CellRecord {
    /// Whether a cell holds something, be it a fault: empty texts are nothing, and so are formulas
    /// without a saved value.
    func isFilled(in sharedStrings: TextTable) -> Bool {
        switch kind {
        case .blank, .formulaWithoutValue: false
        case .text where isShared: !sharedStrings.isEmpty(payload)
        case .text: length > 0
        default: true
        }
    }
}
