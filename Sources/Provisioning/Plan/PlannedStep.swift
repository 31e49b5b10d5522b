import Portals
import Validation

/// One kind of operation, with the rows it is done for or, when it is done once, the rows it lists.
struct PlannedStep: Sendable {
    let operation: OperationDefinition
    var phase: BatchPhase
    /// Position of the rows' sheet in the store; nil for what is done once.
    var sheet: Int?
    var rows = RowSet()
    /// The rows that something done once names one by one.
    var listed: [ListedRows] = []

    /// How many operations it stands for.
    var operationCount: Int { operation.once ? 1 : rows.count }

    /// The rows in the order of their operations: that of the file, for deletions the reverse.
    ///
    /// - Parameter rowCount: how many rows the sheet has.
    func orderedRows(of rowCount: Int) -> some Sequence<Int> {
        let order =
            phase == .deletion
            ? stride(from: rowCount - 1, through: 0, by: -1)
            : stride(from: 0, through: rowCount - 1, by: 1)
        let rows = rows
        return order.lazy.filter { rows.contains($0) }
    }
}

/// The rows of one sheet that a step done once names one by one.
struct ListedRows: Sendable {
    /// Position in the store.
    let sheet: Int
    let rows: RowSet
    /// What a line shows, by field of the sheet.
    let fields: [Int]
}
