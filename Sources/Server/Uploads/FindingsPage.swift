/// Some of a report's findings, as they stand there.
struct FindingsPage: Sendable {
    /// A JSON object each.
    let findings: [[UInt8]]
    /// Where those behind them begin; nil for the last ones.
    let next: Int?

    /// - Parameters:
    ///   - start: where they begin; 0: the first ones.
    ///   - code: of which alone; nil: of any.
    /// - Returns: nil where there is no report, or nothing begins there.
    init?(folder: String, from start: Int, code: String?, countMax: Int) throws {
        let path = ReportFiles.report(in: folder)
        guard var lines = try ReportLines(path, from: start) else { return nil }
        if start == 0 { _ = try lines.next() }
        var findings: [[UInt8]] = []
        let head = code.map { Array("{\"code\":\"\($0)\",".utf8) } ?? []
        var isLast = false
        while findings.count < countMax, !isLast, let line = try lines.next() {
            isLast = line.suffix(2).elementsEqual("]}".utf8)
            let finding = line.dropLast(isLast ? 2 : line.last == UInt8(ascii: ",") ? 1 : 0)
            if finding.starts(with: head), !finding.isEmpty { findings.append(Array(finding)) }
        }
        self.findings = findings
        next = isLast || findings.count < countMax ? nil : lines.offset
    }
}
