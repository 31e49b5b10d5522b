import Catalogue
import Portals

extension Judging {
    /// Which good rows ask for something that the portal does not take again yet: they are
    /// accepted, and what they ask for waits.
    mutating func reportIntervals() {
        if known.recent.isEmpty { return }
        for operation in plan.definition.operations {
            guard let interval = operation.interval else { continue }
            for position in store.sheets.indices
            where definition(ofSheet: position).id == operation.sheet {
                enter(position)
                report(interval, of: operation)
            }
        }
    }

    private mutating func report(_ interval: StepInterval, of operation: OperationDefinition) {
        let condition = operation.when.map {
            RowCondition($0, of: sheetDefinition, in: plan.definition)
        }
        let keyFields = sheetPlan.keyFields
        let list = lineLists(of: keyFields, ofSheet: sheetStore.definitionIndex)
        // A key of several parts can't be taken apart again.
        let recent =
            list.count == 1
            ? known.recent.steps(of: operation.id) { key in
                var key = key
                list[0]?.name(keyFrom: 0, in: &key)
                return key
            } : known.recent
        for row in rows where !rejected[sheet].contains(row) && !unchanged[sheet].contains(row) {
            guard condition?.holds(row, of: sheet, in: self) ?? true,
                let end = recent.end(operation: operation.id, key: identity(of: keyFields, row))
            else { continue }
            let place = Place(sheet: sheet, row: row, field: keyFields.first)
            waits[Place(sheet: sheet, row: row), default: [:]][operation.id] = end
            folded.add(
                .batchHeld, Code.batchHeld.severity, place,
                FindingDetail(arguments: ["date": end], rule: RuleReference(of: interval)),
                group: "\(operation.id) \(end)")
        }
    }
}
