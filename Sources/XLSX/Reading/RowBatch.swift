package import Spreadsheet

/// Some rows of a worksheet, in file order: rows point to cells, cells point to bytes.
///
/// Only rows with cells, and only cells that hold something. Meant to be used again and again, so
/// that a sheet of any length costs the memory of one batch.
package struct RowBatch: Sendable {
    package internal(set) var rows: [RowRecord] = []
    package internal(set) var cells: [CellRecord] = []
    /// The text of all cells that are not shared strings; UTF-8.
    package internal(set) var bytes: [UInt8] = []

    package init() {}

    /// Hands out the text of a cell that is not a shared string.
    package func withBytes<Result>(
        of cell: CellRecord, _ body: (UnsafeBufferPointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { bytes in
            let start = Int(cell.payload)
            return try body(UnsafeBufferPointer(rebasing: bytes[start..<start + Int(cell.length)]))
        }
    }

    /// Adds the rows of another batch.
    mutating func append(_ other: RowBatch) {
        let cellCount = cells.count
        let byteCount = UInt32(truncatingIfNeeded: bytes.count)
        for var row in other.rows {
            row.cellStart += cellCount
            row.cellEnd += cellCount
            rows.append(row)
        }
        for var cell in other.cells {
            if !cell.isShared { cell.payload += byteCount }
            cells.append(cell)
        }
        bytes.append(contentsOf: other.bytes)
    }

    /// Empties the batch and keeps its storage.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        cells.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
    }
}

/// A row of a batch.
package struct RowRecord: Sendable, Equatable {
    /// Counts from 0.
    package var rowIndex: UInt32
    /// Hidden by a person or a filter.
    package var isHidden: Bool
    /// Its first cell in the batch.
    package var cellStart: Int
    /// One past its last cell.
    package var cellEnd: Int
}

/// A cell that holds something.
package struct CellRecord: Sendable, Equatable {
    /// Counts from 0. A cell whose reference is bad has the column after its predecessor's.
    package var columnIndex: UInt16
    package var kind: CellKind
    /// Computed in the workbook; the value is the one saved last.
    package var isFormula: Bool
    /// Whether `payload` is the id of a shared string, not a place in the batch.
    package var isShared: Bool
    /// Index into the workbook's styles; one that is out of range means no format.
    package var formatIndex: UInt16
    /// A shared string's id, or where the text begins in the batch's bytes.
    package var payload: UInt32
    /// Bytes of the text in the batch; 0 for shared strings.
    package var length: UInt32
}
