import Portals
import Validation

/// Chooses the accepted rows that each operation of a Definition is done for.
struct StepSelection {
    let values: RecordValues
    let settings: Settings
    private let facts: JudgedFacts

    init(
        values: RecordValues, settings: Settings, directories: [String: Directory] = [:]
    ) {
        self.values = values
        self.settings = settings
        facts = JudgedFacts(values, settings, directories)
    }

    /// The steps that have something to do, in definition order.
    func steps() -> [PlannedStep] {
        let operations = values.definition.operations
        let rowSteps = operations.filter { !$0.once }.flatMap { steps(for: $0) }
        let onceSteps = onceSteps(beside: rowSteps)
        return operations.flatMap { operation in
            (rowSteps + onceSteps).filter { $0.operation.id == operation.id }
        }
    }

    /// A step for each phase in which the operation has rows.
    private func steps(for operation: OperationDefinition) -> [PlannedStep] {
        guard let sheet = operation.sheet.flatMap({ values.position(ofSheet: $0) }) else {
            return []
        }
        var rows = BatchPhase.allCases.map { _ in RowSet() }
        // Most rows ask for what the row before asks for.
        var (asked, phase) = (Action.create, BatchPhase(operation, for: .create))
        let fields = fieldsOfData(operation, sheet)
        for row in self.rows(ofSheet: sheet, when: operation.when)
        where !operation.changesOnly || changesAny(of: fields, sheet, row) {
            let action = values.action(sheet: sheet, row: row)
            if action != asked { (asked, phase) = (action, BatchPhase(operation, for: action)) }
            rows[phase.rawValue].insert(row)
        }
        return BatchPhase.allCases.filter { rows[$0.rawValue].count > 0 }.map {
            PlannedStep(operation: operation, phase: $0, sheet: sheet, rows: rows[$0.rawValue])
        }
    }

    /// The accepted rows of a sheet for which a condition holds.
    func rows(ofSheet sheet: Int, when condition: Condition?) -> some Sequence<Int> {
        let condition = condition.map {
            RowCondition($0, of: values.sheetDefinition(sheet), in: values.definition)
        }
        return values.acceptedRows(ofSheet: sheet).lazy.filter { row in
            condition.map { facts.meets($0, row: row, sheet: sheet) } ?? true
        }
    }

    private func fieldsOfData(_ operation: OperationDefinition, _ sheet: Int) -> [Int] {
        operation.data.compactMap { member in
            guard case .field(let id) = member.source else { return nil }
            return values.sheetDefinition(sheet).fieldIndex(id)
        }
    }

    /// Whether a row says something new in one of these fields. A blank cell says nothing.
    private func changesAny(of fields: [Int], _ sheet: Int, _ row: Int) -> Bool {
        fields.contains { field in
            values.isNewOrChanged(sheet: sheet, row: row, field: field)
                && !values.isBlank(sheet: sheet, row: row, field: field)
        }
    }
}

// What is done once.
extension StepSelection {
    /// What is done once beside these steps; each brings along those that come after it.
    private func onceSteps(beside rowSteps: [PlannedStep]) -> [PlannedStep] {
        var present = Set(rowSteps.map(\.operation.id))
        var waiting = values.definition.operations.filter(\.once).map { operation in
            PlannedStep(
                operation: operation, phase: .main, listed: operation.lists.compactMap(listed))
        }
        var steps: [PlannedStep] = []
        while let index = waiting.firstIndex(where: { isDone($0, beside: present) }) {
            steps.append(waiting.remove(at: index))
            present.insert(steps[steps.count - 1].operation.id)
        }
        return steps
    }

    /// A step with a list is done when there is something to list, any other when one that it comes
    /// after is done, or anything at all when it comes after none.
    private func isDone(_ step: PlannedStep, beside present: Set<String>) -> Bool {
        if !step.operation.lists.isEmpty { return !step.listed.isEmpty }
        if step.operation.after.isEmpty { return !present.isEmpty }
        return step.operation.after.contains { present.contains($0) }
    }

    /// The rows of one list; nil when there are none. One that updates a known record is among them
    /// when it changes something that the list shows.
    private func listed(in list: OperationList) -> ListedRows? {
        guard let sheet = values.position(ofSheet: list.sheet) else { return nil }
        let key = values.keyFields(ofSheet: sheet)
        let fields = list.fields.compactMap { values.sheetDefinition(sheet).fieldIndex($0) }
        let shown = fields.filter { !key.contains($0) }
        var rows = RowSet()
        for row in self.rows(ofSheet: sheet, when: list.when)
        where shown.isEmpty
            || shown.contains(where: { values.isNewOrChanged(sheet: sheet, row: row, field: $0) })
        {
            rows.insert(row)
        }
        return rows.count == 0 ? nil : ListedRows(sheet: sheet, rows: rows, fields: fields)
    }
}
