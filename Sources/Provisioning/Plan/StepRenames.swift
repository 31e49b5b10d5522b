import Portals
import Validation

/// Which steps give records the names that rows of other steps say: they come first, unless the
/// Definition has them wait for those. Then the former name is the one that is there.
struct StepRenames {
    /// By operation, the rows that it gives another name.
    private var rows: [String: (sheet: Int, rows: RowSet)] = [:]
    /// By sheet of the store, the sheets on whose renames its rows rest.
    private var grounds: [Int: Set<Int>] = [:]
    /// By operation, all that comes before it.
    private var earlier: [String: Set<String>] = [:]

    init(_ steps: [PlannedStep], _ values: RecordValues) {
        for (place, all) in values.verdicts.renameGrounds {
            guard let sheet = place.sheet, let row = place.row,
                values.verdicts.states[sheet][row] == .accepted
            else { continue }
            grounds[sheet, default: []].formUnion(all.compactMap(\.row.sheet))
        }
        if grounds.isEmpty { return }
        for step in steps { add(step, values) }
        for step in steps where rows[step.operation.id] != nil {
            earlier[step.operation.id] = PlannedStep.operations(before: step, among: steps)
        }
    }

    private mutating func add(_ step: PlannedStep, _ values: RecordValues) {
        guard let sheet = step.sheet else { return }
        let definition = values.sheetDefinition(sheet)
        let fields = step.operation.data.compactMap { member -> Int? in
            guard case .field(let id) = member.source, definition.renamed.contains(id) else {
                return nil
            }
            return definition.fieldIndex(id)
        }
        var renamed = RowSet()
        for row in step.rows
        where fields.contains(where: { values.isRenamed(sheet: sheet, row: row, field: $0) }) {
            renamed.insert(row)
        }
        if renamed.count > 0 { rows[step.operation.id] = (sheet, renamed) }
    }

    /// Whether one step gives records names that rows of another say.
    func isBefore(_ first: PlannedStep, _ second: PlannedStep) -> Bool {
        guard let renamed = rows[first.operation.id], first.operation.id != second.operation.id
        else { return false }
        return second.sheet.flatMap { grounds[$0] }?.contains(renamed.sheet) == true
            && earlier[first.operation.id]?.contains(second.operation.id) != true
    }

    /// The rows that a step gives the names which a row of another one says.
    func renamedRows(
        by step: PlannedStep, for row: Int, of sheet: Int, _ values: RecordValues
    ) -> [Int] {
        guard let renamed = rows[step.operation.id],
            let grounds = values.verdicts.renameGrounds[Place(sheet: sheet, row: row)]
        else { return [] }
        let places = grounds.map(\.row).filter { $0.sheet == renamed.sheet }
        return Set(places.compactMap(\.row)).filter { renamed.rows.contains($0) }.sorted()
    }

    /// The sheets whose records have their former names yet when a step is done.
    func sheetsRenamed(after step: PlannedStep) -> Set<Int> {
        Set(
            rows.filter { earlier[$0.key]?.contains(step.operation.id) == true }
                .map(\.value.sheet))
    }
}
