/// Steps that were asked for so lately that the portal does not take them again yet.
package struct RecentSteps: Sendable {
    private struct Step: Hashable {
        let operation: String
        let key: [UInt8]
    }

    private var ends: [Step: String] = [:]

    package init() {}

    package var isEmpty: Bool { ends.isEmpty }

    package var count: Int { ends.count }

    /// - Parameters:
    ///   - operation: the operation's id in the Definition.
    ///   - key: of the row it was asked for, in its normal form.
    ///   - end: when the portal takes it again, ISO 8601 in UTC; of several the last one counts.
    package mutating func add(operation: String, key: [UInt8], until end: String) {
        let step = Step(operation: operation, key: key)
        ends[step] = max(ends[step] ?? end, end)
    }

    /// When the portal takes the step again; nil: now.
    func end(operation: String, key: [UInt8]) -> String? {
        ends.isEmpty ? nil : ends[Step(operation: operation, key: key)]
    }

    /// The steps of an operation, by what their keys are the same as.
    func steps(of operation: String, _ identity: ([UInt8]) -> [UInt8]) -> RecentSteps {
        var steps = RecentSteps()
        for (step, end) in ends where step.operation == operation {
            steps.add(operation: operation, key: identity(step.key), until: end)
        }
        return steps
    }
}
