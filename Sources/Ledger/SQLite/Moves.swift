/// What comes of what somebody says of operations.
struct Moves {
    private(set) var verdicts: [Int: OperationVerdict] = [:]
    /// Rows of which a portal refused a step and did none, with its words, or that are taken back.
    private(set) var rowsGivenBack: [WorkbookRow: OperationVerdict] = [:]
    /// Rows that were given back, of which a step is not refused after all.
    private(set) var rowsBroughtBack: Set<WorkbookRow> = []
    /// What is done once for such rows and was taken back with them: it comes along where it can.
    private(set) var stepsAlong: Set<WorkbookRow> = []
    /// Steps that are refused of rows that stay, as the portal did something of them.
    private(set) var stepsRefusedAlone: [Int: WorkbookRow] = [:]
    /// Those that are not refused after all.
    private(set) var stepsBackAlone: Set<Int> = []

    init(_ given: [Int: OperationVerdict], _ operations: [OperationEntry]) {
        for operation in operations {
            guard let verdict = given[operation.sequence],
                verdict != OperationVerdict(operation.state, note: operation.note)
            else { continue }
            verdicts[operation.sequence] = verdict
        }
        bringBack(operations)
        let done = Set(
            operations.filter { (verdicts[$0.sequence]?.state ?? $0.state).isSettled }
                .map(WorkbookRow.init))
        for operation in operations where !operation.state.isGivenBack {
            guard let verdict = verdicts[operation.sequence], verdict.state.isGivenBack else {
                continue
            }
            let row = WorkbookRow(operation)
            if done.contains(row) {
                stepsRefusedAlone[operation.sequence] = row
                continue
            }
            let words = rowsGivenBack[row]?.note ?? ""
            rowsGivenBack[row] = words.isEmpty ? verdict : rowsGivenBack[row]
        }
        // What else was to be done for them has no ground any more.
        for operation in operations where verdicts[operation.sequence] == nil {
            guard let verdict = rowsGivenBack[WorkbookRow(operation)],
                !operation.state.isGivenBack
            else { continue }
            verdicts[operation.sequence] = OperationVerdict(verdict.state)
        }
    }

    /// A row was given back when all its steps are refused. Once one is not, the others have a
    /// ground again.
    private mutating func bringBack(_ operations: [OperationEntry]) {
        let standing = Set(operations.filter { !$0.state.isGivenBack }.map(WorkbookRow.init))
        for operation in operations where operation.state.isGivenBack {
            guard let verdict = verdicts[operation.sequence], !verdict.state.isGivenBack else {
                continue
            }
            let row = WorkbookRow(operation)
            if standing.contains(row) {
                stepsBackAlone.insert(operation.sequence)
            } else {
                rowsBroughtBack.insert(row)
            }
        }
        if rowsBroughtBack.contains(where: { !$0.isOnce }) {
            stepsAlong = Set(
                operations.filter { $0.state == .takenBack }.map(WorkbookRow.init)
                    .filter(\.isOnce)
            ).subtracting(rowsBroughtBack)
        }
        for operation in operations where verdicts[operation.sequence] == nil {
            if rowsBroughtBack.contains(WorkbookRow(operation)) {
                verdicts[operation.sequence] = OperationVerdict(.ready)
            }
        }
    }
}
