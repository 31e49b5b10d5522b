import Portals
import Validation

/// Which steps free what rows of others take: the former name of a company, an address. They come
/// first, unless the Definition has them wait for those.
struct StepHandovers {
    /// By operation, the rows of a sheet that give something up in it, and those that get it.
    private var owners: [String: RowSet] = [:]
    private var takers: [String: RowSet] = [:]
    /// By operation, all that comes before it.
    private var earlier: [String: Set<String>] = [:]
    /// By operation, those that get what it gives up.
    private var takersOfStep: [String: Set<String>] = [:]
    private let handovers: [Place: [Handover]]

    init(_ steps: [PlannedStep], _ values: RecordValues) {
        handovers = values.verdicts.handovers.filter { taker, _ in
            taker.sheet.flatMap { sheet in
                taker.row.map { values.verdicts.states[sheet][$0] == .accepted }
            } ?? false
        }
        if handovers.isEmpty { return }
        var (giving, getting): ([Place: [String]], [Place: [String]]) = ([:], [:])
        for step in steps { add(step, values, &giving, &getting) }
        for (taker, all) in handovers {
            for handover in all {
                let owner = Place(sheet: taker.sheet, row: handover.owner)
                for first in giving[owner] ?? [] {
                    takersOfStep[first, default: []].formUnion(getting[taker] ?? [])
                }
            }
        }
        for step in steps where owners[step.operation.id] != nil {
            earlier[step.operation.id] = PlannedStep.operations(before: step, among: steps)
        }
    }

    private mutating func add(
        _ step: PlannedStep, _ values: RecordValues, _ giving: inout [Place: [String]],
        _ getting: inout [Place: [String]]
    ) {
        guard let sheet = step.sheet, step.phase != .deletion else { return }
        let fields = step.operation.data.compactMap { member -> Int? in
            guard case .field(let id) = member.source else { return nil }
            return values.sheetDefinition(sheet).fieldIndex(id)
        }
        let id = step.operation.id
        for (taker, all) in handovers where taker.sheet == sheet {
            for handover in all where handover.fields.contains(where: { fields.contains($0) }) {
                if let row = taker.row, step.rows.contains(row) {
                    takers[id, default: RowSet()].insert(row)
                    getting[taker, default: []].append(id)
                }
                if step.rows.contains(handover.owner) {
                    owners[id, default: RowSet()].insert(handover.owner)
                    giving[Place(sheet: sheet, row: handover.owner), default: []].append(id)
                }
            }
        }
    }

    /// Whether no row gives up what another one takes.
    var isEmpty: Bool { handovers.isEmpty }

    /// Whether rows of one step free what rows of another one take.
    func isBefore(_ first: PlannedStep, _ second: PlannedStep) -> Bool {
        let (first, second) = (first.operation.id, second.operation.id)
        return first != second && takersOfStep[first]?.contains(second) == true
            && earlier[first]?.contains(second) != true
    }

    /// Whether rows of a step may wait for rows of another one, or of the same.
    func mayWait(_ second: PlannedStep, for first: PlannedStep) -> Bool {
        isBefore(first, second)
            || first.operation.id == second.operation.id
                && takersOfStep[first.operation.id]?.contains(first.operation.id) == true
    }

    /// The rows that free in one step what a row takes in another one.
    func owners(
        in first: PlannedStep, for row: Int, of sheet: Int, in second: OperationDefinition
    ) -> [Int] {
        guard first.sheet == sheet, let owners = owners[first.operation.id],
            takers[second.id]?.contains(row) == true
        else { return [] }
        let all = handovers[Place(sheet: sheet, row: row)] ?? []
        return Set(all.map(\.owner)).filter { owners.contains($0) }.sorted()
    }

    /// The rows of a step that take what others of it free, each behind those.
    func rowsTaking(in step: PlannedStep) -> [Int] {
        guard mayWait(step, for: step), let takers = takers[step.operation.id] else { return [] }
        var order: [Int] = []
        var seen: Set<Int> = []
        for row in takers {
            var path = [(row: row, isLeft: false)]
            while let (row, isLeft) = path.popLast() {
                if isLeft {
                    order.append(row)
                    continue
                }
                let owners = owners(
                    in: step, for: row, of: step.sheet ?? 0, in: step.operation)
                if owners.isEmpty || !seen.insert(row).inserted { continue }
                path.append((row, true))
                path += owners.map { ($0, false) }
            }
        }
        return order
    }
}
