/// Steps of earlier uploads that nobody has said are done, by the records they are for: what is to
/// be done with such a record now, waits for them.
///
/// There may be as many as there are records, so they lie in few allocations.
package struct PendingSteps: Sendable {
    private struct Step {
        let operation: Int
        /// Where its name ends in `names`; it begins where that of the one before ends.
        let end: Int
        /// The record's step before this one.
        let previous: Int?
    }

    private var records = KeyTable()
    /// By position of the record.
    private var last: [Int] = []
    private var steps: [Step] = []
    private var names: [UInt8] = []
    private var operations: [String] = []
    private var positions: [String: Int] = [:]

    package init() {}

    package var isEmpty: Bool { steps.isEmpty }

    /// - Parameters:
    ///   - operation: its id in the Definition.
    ///   - name: what batches call the step by.
    ///   - id: what exports call the record by.
    package mutating func add(operation: String, name: String, of id: String) {
        let position = positions[operation] ?? operations.count
        if position == operations.count {
            operations.append(operation)
            positions[operation] = position
        }
        names += name.utf8
        let (record, isNew) = records.add(Array(id.utf8))
        steps.append(
            Step(operation: position, end: names.count, previous: isNew ? nil : last[record]))
        if isNew { last.append(steps.count - 1) } else { last[record] = steps.count - 1 }
    }

    /// The steps for a record, in the order of adding.
    package func steps(of id: String) -> [(operation: String, name: ArraySlice<UInt8>)] {
        guard let record = records.position(of: Array(id.utf8)) else { return [] }
        var found: [(String, ArraySlice<UInt8>)] = []
        var next: Int? = last[record]
        while let position = next {
            let step = steps[position]
            let start = position == 0 ? 0 : steps[position - 1].end
            found.append((operations[step.operation], names[start..<step.end]))
            next = step.previous
        }
        return found.reversed()
    }
}
