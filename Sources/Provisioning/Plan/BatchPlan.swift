package import Portals
package import Spreadsheet
package import Validation

/// What is to be done at a portal for the accepted rows of a workbook, in safe order.
///
/// Same input, same plan. It knows each step and its rows, not yet a single operation: those are
/// printed one by one by `BatchWriter`, so a plan is small however many rows there are.
///
/// ```swift
/// let plan = BatchPlan(values, settings: known.settings, acceptedCharges: 3, today: today)
/// var writer = BatchWriter(to: sink)
/// let files = try writer.write(plan)
/// ```
package struct BatchPlan: Sendable {
    package let values: RecordValues
    package let settings: Settings
    /// What all this adds, changes and costs.
    package let effects: Effects
    /// Whether operations that cost money wait until somebody accepts exactly so many of them.
    package let holdsCharges: Bool
    /// The language of the steps' texts, as ISO 639-1 code.
    package let language: String
    /// What keeps operations back while the settings are these.
    package let holds: [Hold]
    /// Of earlier uploads, what is not done yet.
    let pending: PendingSteps
    /// In the order of the batch.
    let steps: [PlannedStep]
    let renames: StepRenames
    let handovers: StepHandovers
    /// The ids of operations, where some of them may be those of earlier ones for other records:
    /// rows take names here that records of earlier uploads had then.
    private(set) var namesTaken: Set<[UInt8]> = []
    /// By operation, where it is done before records that its rows name have their new names.
    private let valuesBeforeRenames: [String: RecordValues]
    private let selection: StepSelection
    private let today: CivilDate

    /// - Parameters:
    ///   - settings: the Definition's, with what operator and reseller changed.
    ///   - directories: by the Definition's id; conditions of operations may ask them.
    ///   - pending: steps of earlier uploads that are not done yet.
    ///   - acceptedCharges: how many paid packages somebody agreed to; nil: nobody was asked.
    package init(
        _ values: RecordValues, settings: Settings, directories: [String: Directory] = [:],
        pending: PendingSteps = PendingSteps(),
        acceptedCharges: Int? = nil, language: String = "en", today: CivilDate
    ) {
        self.values = values
        self.settings = settings
        self.pending = pending
        self.language = language
        self.today = today
        let selection = StepSelection(
            values: values, settings: settings, directories: directories)
        self.selection = selection
        let unsorted = selection.steps()
        let renames = StepRenames(unsorted, values)
        self.renames = renames
        let handovers = StepHandovers(unsorted, values)
        self.handovers = handovers
        steps = StepOrder.sort(unsorted, renames, handovers).map { step in
            var step = step
            step.put(last: handovers.rowsTaking(in: step))
            return step
        }
        valuesBeforeRenames = Dictionary(
            steps.compactMap { step in
                let sheets = renames.sheetsRenamed(after: step)
                if sheets.isEmpty { return nil }
                return (step.operation.id, values.beforeRenames(ofSheets: sheets))
            }
        ) { first, _ in first }
        effects = Effects(of: steps, selection, today: today)
        holds = values.definition.holds(by: settings)
        holdsCharges = effects.paidCount > 0 && effects.paidCount != acceptedCharges
        if !pending.isEmpty && !handovers.isEmpty { namesTaken = names() }
    }

    private func names() -> Set<[UInt8]> {
        var names: Set<[UInt8]> = []
        for step in steps {
            guard let sheet = step.sheet else { continue }
            let (values, key) = (values(for: step), values.keyFields(ofSheet: sheet))
            for row in step.rows {
                var name: [UInt8] = []
                values.append(id: step.operation.id, sheet: sheet, row: row, key, to: &name)
                names.insert(name)
            }
        }
        return names
    }

    /// Whether there is anything to do for an operation.
    func hasStep(ofOperation id: String) -> Bool { steps.contains { $0.operation.id == id } }

    /// What rows say when a step is done.
    func values(for step: PlannedStep) -> RecordValues {
        valuesBeforeRenames[step.operation.id] ?? values
    }

    /// The number of operations in all batches together.
    package var operationCount: Int { steps.reduce(0) { $0 + $1.operationCount } }

    /// What a step waits for that must be settled first; nil for nothing.
    func hold(on step: PlannedStep) -> Hold? {
        holds.first { $0.operations.isEmpty || $0.operations.contains(step.operation.id) }
    }

    /// When the portal takes a row's step again, ISO 8601 in UTC; nil: now.
    func wait(for operation: OperationDefinition, sheet: Int, row: Int) -> String? {
        guard operation.interval != nil else { return nil }
        return values.verdicts.waits[Place(sheet: sheet, row: row)]?[operation.id]
    }

    /// Whether a step that is done once waits until somebody accepts what some of its rows cost.
    func holds(once step: PlannedStep) -> Bool {
        step.listed.contains { listed in
            guard let charges = charges(of: step.operation, sheet: listed.sheet) else {
                return false
            }
            return listed.rows.contains { holds($0, charges) }
        }
    }

    /// Whether a row's operation waits until somebody accepts what it costs.
    func holds(_ row: Int, _ charges: Charges) -> Bool { holdsCharges && charges.isPaid(row) }

    /// What an operation for rows of a sheet costs; nil: nothing.
    func charges(of operation: OperationDefinition, sheet: Int?) -> Charges? {
        guard let sheet, let setting = operation.charge else { return nil }
        return Charges(selection, sheet: sheet, setting: setting, today: today)
    }

    /// The rows of a step, in the order of their operations.
    func orderedRows(of step: PlannedStep) -> some Sequence<Int> {
        step.orderedRows(of: step.sheet.map { values.store.sheets[$0].rowCount } ?? 0)
    }
}
