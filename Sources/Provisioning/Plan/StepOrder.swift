import Portals

/// Puts steps in a safe order: definition order, but everything after what it waits for; deletions
/// the other way round, then what only sends mail.
enum StepOrder {
    /// - Parameters:
    ///   - steps: in definition order.
    ///   - renames: which of them give names that others say.
    ///   - handovers: which of them free what others take.
    /// - Complexity: O(steps³); there are as many as a Definition has operations.
    static func sort(
        _ steps: [PlannedStep], _ renames: StepRenames, _ handovers: StepHandovers
    ) -> [PlannedStep] {
        var waiting = BatchPhase.allCases.flatMap { phase in
            let members = steps.filter { $0.phase == phase }
            return phase == .deletion ? members.reversed() : members
        }
        var sorted: [PlannedStep] = []
        while !waiting.isEmpty {
            let ready = waiting.firstIndex { step in
                !waiting.contains {
                    isBefore($0, step) || renames.isBefore($0, step)
                        || handovers.isBefore($0, step)
                }
            }
            // A Definition whose operations wait for each other is refused when it is decoded.
            var step = waiting.remove(at: ready ?? 0)
            if step.goesWithOthers { step.phase = lastPhase(of: sorted, before: step) }
            sorted.append(step)
        }
        return sorted
    }

    /// Whether one step's operations come before another's. What is done for rows does not wait for
    /// operations of the same kind that belong to a later part.
    private static func isBefore(_ first: PlannedStep, _ second: PlannedStep) -> Bool {
        second.operation.after.contains(first.operation.id)
            && (second.goesWithOthers || first.phase <= second.phase)
    }

    /// What is done once, and waiting, goes with the last of what it waits for.
    private static func lastPhase(
        of sorted: [PlannedStep], before step: PlannedStep
    ) -> BatchPhase {
        sorted.filter { isBefore($0, step) }.map(\.phase).max() ?? .main
    }
}

extension PlannedStep {
    /// Whether it belongs to whatever part the steps that it comes after belong to.
    fileprivate var goesWithOthers: Bool { operation.once || operation.kind == .wait }
}
