import JSON
import Portals
import Validation

/// Writes a plan as batches: files of JSON Lines, an operation a line, in safe order.
///
/// Deletions and operations that only send mail begin a file of their own.
/// - Complexity: O(operations) in time; one buffer in memory, however long a list is.
package struct BatchWriter<Sink: BatchSink> {
    package private(set) var sink: Sink
    private let operationCountMax: Int
    private let observer: ((WrittenOperation) -> Void)?
    private var json = JSONWriter()
    private var checksum = Checksum()
    /// The files so far; the last one may be open.
    private var files: [OutputFile] = []
    private var openPhase: BatchPhase?
    private var sequence = 0

    /// - Parameters:
    ///   - operationCountMax: how many operations one file holds.
    ///   - observer: is told each operation, in their order.
    package init(
        to sink: Sink, operationCountMax: Int = BatchLimits.operationCountMax,
        observer: ((WrittenOperation) -> Void)? = nil
    ) {
        self.sink = sink
        self.observer = observer
        self.operationCountMax = max(1, operationCountMax)
    }

    /// Writes all batches of a plan.
    ///
    /// - Returns: the files in order; none for a plan that does nothing.
    /// - Throws: what the sink throws.
    package mutating func write(_ plan: BatchPlan) throws(Sink.Failure) -> [OutputFile] {
        var dependencies = StepDependencies(plan)
        for step in plan.steps {
            let lines = StepLines(step, of: plan, dependencies: dependencies.dependencies(of: step))
            try write(step, lines, of: plan)
        }
        try close()
        return files
    }

    private mutating func write(
        _ step: PlannedStep, _ lines: StepLines, of plan: BatchPlan
    ) throws(Sink.Failure) {
        if step.operation.once { return try writeOnce(step, lines, of: plan) }
        guard let sheet = step.sheet else { return }
        for row in plan.orderedRows(of: step) {
            try beginLine(step.phase)
            let line = lines.writeLine(forRow: row, sheet: sheet, sequence: sequence, to: &json)
            tell(line, step.operation, sheet, row)
            endLine(isHeld: line.isHeld)
        }
    }

    private mutating func writeOnce(
        _ step: PlannedStep, _ lines: StepLines, of plan: BatchPlan
    ) throws(Sink.Failure) {
        try beginLine(step.phase)
        let line = lines.beginLine(once: step, sequence: sequence, to: &json)
        tell(line, step.operation, nil, nil)
        for listed in step.listed {
            let listedLines = ListedLines(listed, of: plan.values)
            for row in listed.rows {
                listedLines.write(row: row, to: &json)
                try flushIfFull()
            }
        }
        lines.endLine(once: step, to: &json)
        endLine(isHeld: line.isHeld)
    }

    private func tell(
        _ line: WrittenLine, _ operation: OperationDefinition, _ sheet: Int?, _ row: Int?
    ) {
        guard let observer else { return }
        func text(_ quoted: Range<Int>) -> String {
            String(decoding: json.bytes[quoted].dropFirst().dropLast(), as: UTF8.self)
        }
        observer(
            WrittenOperation(
                id: text(line.id), sequence: sequence, operation: operation.id,
                kind: operation.kind, idempotencyKey: text(line.idempotencyKey),
                isHeld: line.isHeld, heldUntil: line.heldUntil, sheet: sheet, row: row))
    }

    /// Makes sure that a file is open that takes one more operation of this phase.
    private mutating func beginLine(_ phase: BatchPhase) throws(Sink.Failure) {
        if openPhase != phase || files.last?.operationCount == operationCountMax {
            try close()
            let name = BatchLimits.fileName(files.count + 1)
            try sink.begin(name)
            files.append(OutputFile(name: name, sha256: "", operationCount: 0))
            openPhase = phase
        } else {
            try flushIfFull()
        }
        sequence += 1
    }

    private mutating func endLine(isHeld: Bool) {
        let last = files.count - 1
        files[last].operationCount = (files[last].operationCount ?? 0) + 1
        if isHeld { files[last].heldCount += 1 }
    }

    private mutating func flushIfFull() throws(Sink.Failure) {
        if json.bytes.count >= BatchLimits.bufferSize { try flush() }
    }

    private mutating func flush() throws(Sink.Failure) {
        json.bytes.withUnsafeBytes { checksum.add($0) }
        try sink.write(json.bytes[...])
        json.removeBytes()
    }

    private mutating func close() throws(Sink.Failure) {
        guard openPhase != nil else { return }
        try flush()
        try sink.end()
        files[files.count - 1].sha256 = checksum.hexadecimal
        checksum = Checksum()
        openPhase = nil
    }
}
