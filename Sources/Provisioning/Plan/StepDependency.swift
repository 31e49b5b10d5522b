import Portals
import Validation

/// What the operations of a step wait for.
enum StepDependency {
    /// Something done once: its id is the same in every plan.
    case once(id: String)
    /// All operations of a step, whatever their rows.
    case whole(PlannedStep)
    /// Another operation for the same row, or, where that row has none, those for rows of its sheet
    /// that refer to the same.
    case sameSheet(PlannedStep, RelatedRows?)
    /// Operations for rows of another sheet that have to do with this one.
    /// `newOnly`: only those that make the record that this row works on.
    case otherRows(PlannedStep, RelatedRows, newOnly: Bool)
    /// Operations that give records the names which the row says.
    case renames(PlannedStep)
    /// Operations that free what the row takes.
    case handovers(PlannedStep)
    /// Operations that do a part of what the row's would have to do.
    case children(PlannedStep, [LinkTarget: [Int]])

    /// Nil for something done once.
    var step: PlannedStep? {
        switch self {
        case .once: nil
        case .whole(let step), .sameSheet(let step, _), .otherRows(let step, _, _),
            .renames(let step),
            .handovers(let step), .children(let step, _):
            step
        }
    }
}

/// Finds out what each step waits for.
struct StepDependencies {
    let values: RecordValues
    let steps: [PlannedStep]
    private let plan: BatchPlan
    private let renames: StepRenames
    private let handovers: StepHandovers
    /// Made once for each pair of sheets of which one depends on the other.
    private var related: [[Int]: RelatedRows?] = [:]

    init(_ plan: BatchPlan) {
        self.plan = plan
        values = plan.values
        steps = plan.steps
        renames = plan.renames
        handovers = plan.handovers
    }

    mutating func dependencies(of step: PlannedStep) -> [StepDependency] {
        guard let sheet = step.sheet, !step.operation.once else { return [] }
        var dependencies: [StepDependency] = []
        for id in step.operation.after {
            for other in steps where other.operation.id == id {
                if other.operation.once {
                    dependencies.append(.once(id: id))
                } else if step.operation.afterAll.contains(id) {
                    dependencies.append(.whole(other))
                } else {
                    dependencies += dependency(on: other, fromSheet: sheet, newOnly: false)
                }
            }
        }
        // A record that is made on another sheet is made before anything else is done with it.
        let entity = values.sheetDefinition(sheet).entity
        for other in steps where !other.operation.once && !step.waits(for: other) {
            guard let otherSheet = other.sheet, otherSheet != sheet,
                values.sheetDefinition(otherSheet).entity == entity
            else { continue }
            dependencies += dependency(on: other, fromSheet: sheet, newOnly: true)
        }
        for other in steps where renames.isBefore(other, step) && !step.waits(for: other) {
            dependencies.append(.renames(other))
        }
        for other in steps where handovers.mayWait(step, for: other) {
            dependencies.append(.handovers(other))
        }
        for case (_, .children(let id, let by, _)) in step.operation.data {
            let children = ListedChildren(ofSheet: id, by: by, in: step, of: plan)
            dependencies += (children?.namedBefore() ?? []).map { .children($0.step, $0.rows) }
        }
        return dependencies
    }

    private mutating func dependency(
        on other: PlannedStep, fromSheet sheet: Int, newOnly: Bool
    ) -> [StepDependency] {
        guard let otherSheet = other.sheet else { return [] }
        if otherSheet == sheet {
            return [.sameSheet(other, RelatedRows(values, among: other.rows, ofSheet: sheet))]
        }
        let pair = [sheet, otherSheet]
        let rows = related[pair] ?? RelatedRows(values, of: otherSheet, to: sheet)
        related.updateValue(rows, forKey: pair)
        return rows.map { [.otherRows(other, $0, newOnly: newOnly)] } ?? []
    }
}

extension PlannedStep {
    fileprivate func waits(for other: PlannedStep) -> Bool {
        operation.after.contains(other.operation.id)
    }
}
