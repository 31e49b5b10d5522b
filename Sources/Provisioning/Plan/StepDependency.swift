import Portals
import Validation

/// What the operations of a step wait for.
enum StepDependency {
    /// Something done once: its id is the same in every plan.
    case once(id: String)
    /// Another operation for the same row, where that row has one.
    case sameRow(PlannedStep)
    /// An operation for a row of another sheet, found by its key in these fields.
    /// `newOnly`: only one that makes the record that this row works on.
    case otherRow(PlannedStep, keyFields: [Int], among: RecordIndex, newOnly: Bool)
}

/// Finds out what each step waits for.
struct StepDependencies {
    let values: RecordValues
    let steps: [PlannedStep]
    /// Rows by key, for each sheet on which another one depends.
    private var indexes: [Int: RecordIndex] = [:]

    init(_ values: RecordValues, steps: [PlannedStep]) {
        self.values = values
        self.steps = steps
    }

    mutating func dependencies(of step: PlannedStep) -> [StepDependency] {
        guard let sheet = step.sheet, !step.operation.once else { return [] }
        var dependencies: [StepDependency] = []
        for id in step.operation.after {
            if values.definition.operations.contains(where: { $0.id == id && $0.once }) {
                dependencies.append(.once(id: id))
            }
            for other in steps where other.operation.id == id && !other.operation.once {
                dependencies += dependency(on: other, fromSheet: sheet, newOnly: false)
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
        return dependencies
    }

    private mutating func dependency(
        on other: PlannedStep, fromSheet sheet: Int, newOnly: Bool
    ) -> [StepDependency] {
        guard let otherSheet = other.sheet else { return [] }
        if otherSheet == sheet { return [.sameRow(other)] }
        guard let fields = keyFields(ofSheet: otherSheet, in: sheet) else { return [] }
        let index = indexes[otherSheet] ?? RecordIndex(values, sheet: otherSheet)
        indexes[otherSheet] = index
        return [.otherRow(other, keyFields: fields, among: index, newOnly: newOnly)]
    }

    /// The fields of a sheet that hold the key of a record of another: its own key where both say
    /// the same kind of thing, else the field that refers to that sheet.
    private func keyFields(ofSheet other: Int, in sheet: Int) -> [Int]? {
        let child = values.sheetDefinition(sheet)
        let parent = values.sheetDefinition(other)
        if child.entity == parent.entity { return values.keyFields(ofSheet: sheet) }
        let reference = child.fields.firstIndex { field in
            field.rules.contains {
                $0.kind == "references" && $0.parameters["sheet"]?.text == parent.id
            }
        }
        return reference.map { [$0] }
    }
}

extension PlannedStep {
    fileprivate func waits(for other: PlannedStep) -> Bool {
        operation.after.contains(other.operation.id)
    }
}

/// The accepted rows of one sheet by the normalised key of their records.
struct RecordIndex {
    private var rows: [[UInt8]: Int] = [:]

    init(_ values: RecordValues, sheet: Int) {
        let fields = values.keyFields(ofSheet: sheet)
        for row in values.acceptedRows(ofSheet: sheet) {
            rows[values.key(sheet: sheet, row: row, fields: fields)] = row
        }
    }

    func row(ofKey key: [UInt8]) -> Int? { rows[key] }
}
