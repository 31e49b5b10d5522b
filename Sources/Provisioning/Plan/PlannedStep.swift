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
    /// Those of the rows that come last, in this order: they take what others of them free.
    private(set) var lastRows: [Int] = []
    /// The rest of them; nil: all.
    private(set) var otherRows: RowSet?

    /// How many operations it stands for.
    var operationCount: Int { operation.once ? 1 : rows.count }

    /// The rows in the order of their operations: that of the file, for deletions the reverse.
    ///
    /// - Parameter rowCount: how many rows the sheet has.
    func orderedRows(of rowCount: Int) -> some Sequence<Int> {
        let (rows, lastRows, isReversed) = (otherRows ?? rows, lastRows, phase == .deletion)
        return (0..<rowCount + lastRows.count).lazy.compactMap { position in
            if position >= rowCount { return lastRows[position - rowCount] }
            let row = isReversed ? rowCount - 1 - position : position
            return rows.contains(row) ? row : nil
        }
    }

    /// Lets some of its rows come last.
    mutating func put(last rows: [Int]) {
        if rows.isEmpty { return }
        let last = Set(rows)
        lastRows = rows
        otherRows = RowSet(self.rows.lazy.filter { !last.contains($0) })
    }

    /// All that comes before a step.
    static func operations(
        before step: PlannedStep, among steps: [PlannedStep]
    ) -> Set<String> {
        var found: Set<String> = []
        var waiting = step.operation.after
        while let id = waiting.popLast() {
            guard found.insert(id).inserted else { continue }
            for other in steps where other.operation.id == id { waiting += other.operation.after }
        }
        return found
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
