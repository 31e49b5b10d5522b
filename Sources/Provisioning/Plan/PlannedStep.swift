import Portals
import Validation

/// One kind of operation, with the rows it is done for or, when it is done once, the rows it lists.
struct PlannedStep: Sendable {
    let operation: OperationDefinition
    var phase: BatchPhase
    /// Position of the rows' sheet in the store; nil for what is done once and lists nothing.
    let sheet: Int?
    let rows: RowSet

    /// How many operations it stands for.
    var operationCount: Int { operation.once ? 1 : rows.count }

    /// The sheet of the rows that it names one by one; nil for a step that lists none.
    var listedSheet: Int? { operation.list == nil ? nil : sheet }

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
