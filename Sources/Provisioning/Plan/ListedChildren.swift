import Portals
import Validation

/// Known records that refer to the rows of a step and that its operations name: the rooms that a
/// contact hosts in, as it is deleted. Where a step before names one already, as its room is
/// deleted too, that is done by then.
struct ListedChildren {
    /// A step before that names records of the same sheet by another of their fields.
    private struct Earlier {
        let step: PlannedStep
        let field: Int

        func names(_ target: LinkTarget?) -> Bool {
            guard let target, !target.isKnown, target.sheet == step.sheet else { return false }
            return step.rows.contains(target.index)
        }
    }

    private let links: RecordLinks
    private let sheet: Int
    /// The field that refers to the rows.
    private let field: Int
    private let earlier: [Earlier]

    /// Nil for what there is no such sheet or field of.
    init?(ofSheet id: String, by: String, in step: PlannedStep, of plan: BatchPlan) {
        let definition = plan.values.definition
        guard let sheet = definition.sheets.firstIndex(where: { $0.id == id }),
            let field = definition.sheets[sheet].fieldIndex(by)
        else { return nil }
        links = plan.values.verdicts.links
        (self.sheet, self.field) = (sheet, field)
        let before = plan.steps.prefix { $0.operation.id != step.operation.id }
        earlier = before.flatMap { step in
            step.operation.data.compactMap { member in
                guard case .children(id, let other, _) = member.source, other != by,
                    let field = definition.sheets[sheet].fieldIndex(other)
                else { return nil }
                return Earlier(step: step, field: field)
            }
        }
    }

    /// What one of their fields says, by the row that they refer to.
    func texts(ofField text: Int) -> [LinkTarget: [String]] {
        let records = links.recordsLeftAlone(ofSheet: sheet, by: field) { target in
            !earlier.contains { $0.names(target($0.field)) }
        }
        return records.mapValues { $0.compactMap { $0.values[text] } }
    }

    /// Steps that name some of them before, with their rows by the row of this step.
    func namedBefore() -> [(step: PlannedStep, rows: [LinkTarget: [Int]])] {
        earlier.compactMap { earlier in
            var rows: [LinkTarget: [Int]] = [:]
            _ = links.recordsLeftAlone(ofSheet: sheet, by: field) { target in
                if let own = target(field), let other = target(earlier.field), earlier.names(other)
                {
                    rows[own, default: []].append(other.index)
                }
                return false
            }
            return rows.isEmpty ? nil : (earlier.step, rows)
        }
    }
}
