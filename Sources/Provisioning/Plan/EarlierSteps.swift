import Portals
import Validation

/// What the operations of one step wait for that earlier uploads asked for and that is not done
/// yet: what makes the records that a row works on or names, and what gives them the names by which
/// the row calls them.
struct EarlierSteps {
    /// Known records that refer to the same as a row, where no row is about them: by what that is.
    private struct Siblings {
        let field: Int
        let records: [LinkTarget: [KnownRecord]]
        let sheet: Int
    }

    private let values: RecordValues
    private let pending: PendingSteps
    private let operation: OperationDefinition
    private let operations: [String: OperationDefinition]
    /// What itself waits for such an operation.
    private let later: Set<String>
    private let fields: [Int]
    private let siblings: [Siblings]
    /// What names mean in this batch that records had before.
    private let namesTaken: Set<[UInt8]>

    /// Nil where nothing is pending.
    init?(_ step: PlannedStep, _ plan: BatchPlan) {
        guard !plan.pending.isEmpty, let sheet = step.sheet else { return nil }
        (values, pending, operation) = (plan.values, plan.pending, step.operation)
        namesTaken = plan.namesTaken
        let definition = values.definition
        operations = Dictionary(
            definition.operations.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        later = Self.operations(after: step.operation.id, in: definition)
        let own = values.sheetDefinition(sheet)
        fields = own.fields.indices.filter { own.reference(ofField: own.fields[$0].id) != nil }
        let links = values.verdicts.links
        siblings = step.operation.after.compactMap { id in
            guard let other = definition.operations.first(where: { $0.id == id })?.sheet,
                let index = definition.sheets.firstIndex(where: { $0.id == other }),
                definition.sheets[index].entity != own.entity,
                own.referringFields(to: [other]).isEmpty,
                let pair = own.commonReference(with: definition.sheets[index])
            else { return nil }
            let records = links.recordsLeftAlone(ofSheet: index, by: pair.theirs)
            return Siblings(field: pair.own, records: records, sheet: index)
        }
    }

    private static func operations(after id: String, in definition: Definition) -> Set<String> {
        var later: Set<String> = []
        var waiting = [id]
        while let id = waiting.popLast() {
            for operation in definition.operations
            where operation.after.contains(id) && later.insert(operation.id).inserted {
                waiting.append(operation.id)
            }
        }
        return later
    }

    /// The names of what a row waits for, each once.
    func names(for row: Int, of sheet: Int) -> [ArraySlice<UInt8>] {
        var names: [ArraySlice<UInt8>] = []
        let own = LinkTarget.row(row, sheet: sheet)
        if let record = values.knownRecord(of: own) {
            add(record, ofSheet: values.store.sheets[sheet].definitionIndex, to: &names) {
                $0.makesRecord || operation.after.contains($0.id)
            }
        }
        for field in fields {
            guard let target = values.verdicts.links.target(sheet: sheet, row: row, field: field),
                let record = values.knownRecord(of: target)
            else { continue }
            add(record, ofSheet: values.definitionIndex(of: target), to: &names) {
                operation.after.contains($0.id)
            }
        }
        for all in siblings {
            let target = values.verdicts.links.target(sheet: sheet, row: row, field: all.field)
            for record in target.flatMap({ all.records[$0] }) ?? [] {
                add(record, ofSheet: all.sheet, to: &names) { operation.after.contains($0.id) }
            }
        }
        return names
    }

    private func add(
        _ record: KnownRecord, ofSheet sheet: Int, to names: inout [ArraySlice<UInt8>],
        where isMeant: (OperationDefinition) -> Bool
    ) {
        guard let id = record.id else { return }
        for (id, name) in pending.steps(of: id) {
            guard let pending = operations[id], id != operation.id, !later.contains(id),
                isMeant(pending) || renames(record, ofSheet: sheet, pending, name),
                !names.contains(name), !namesTaken.contains(Array(name))
            else { continue }
            names.append(name)
        }
    }

    /// Whether a step calls a record otherwise than it is called by now.
    private func renames(
        _ record: KnownRecord, ofSheet sheet: Int, _ pending: OperationDefinition,
        _ name: ArraySlice<UInt8>
    ) -> Bool {
        let definition = values.definition.sheets[sheet]
        guard pending.changesOnly, !definition.renamed.isEmpty else { return false }
        var own = Array(pending.id.utf8)
        for field in definition.key.compactMap({ definition.fieldIndex($0) }) {
            own.append(UInt8(ascii: "/"))
            var part = record.values[field] ?? ""
            part.withUTF8 { PercentEncoding.append($0, to: &own) }
        }
        return !own.elementsEqual(name)
    }
}

// What is done once.
extension EarlierSteps {
    /// What a step that is done once waits for: what makes the records that it lists; each by its
    /// kind alone where they are many.
    static func names(forListOf step: PlannedStep, _ plan: BatchPlan) -> [String] {
        if plan.pending.isEmpty { return [] }
        let definition = plan.values.definition
        let makers = definition.operations.filter { !$0.once && $0.makesRecord }.map(\.id)
        var (names, kinds): ([String], Set<String>) = ([], [])
        for listed in step.listed {
            for row in listed.rows {
                let record = plan.values.knownRecord(of: .row(row, sheet: listed.sheet))
                let pending = record?.id.map { plan.pending.steps(of: $0) } ?? []
                for (id, name) in pending where makers.contains(id) {
                    kinds.insert(id)
                    if names.count <= BatchLimits.dependencyCountMax {
                        names.append(String(decoding: name, as: UTF8.self))
                    }
                }
            }
        }
        return names.count > BatchLimits.dependencyCountMax ? kinds.sorted() : names
    }
}

extension OperationDefinition {
    /// Whether it is part of making a record, and not just told to somebody by mail.
    fileprivate var makesRecord: Bool {
        !changesOnly && BatchPhase(self, for: .create) == .main
    }
}
