package import Catalogue
import JSON

/// The report for machines: one JSON object with every finding.
///
/// The findings stand a line each; otherwise there are no spaces. A file that could not be judged
/// has the same members: counts of 0, and `null` for what is not known.
package struct JSONReport: Report {
    private let facts: ReportFacts
    private let findings: RenderedFindings

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        self.facts = facts
        findings = try RenderedFindings(facts, messages: messages)
    }

    package func write(to sink: inout some ReportSink) throws {
        try write(to: &sink) { _, _ in }
    }

    /// Writes it, and gives the rows that it has findings of, by where these begin.
    package func writeNotingRows(to sink: inout some ReportSink) throws -> ReportRows {
        var rows = ReportRows(facts)
        try write(to: &sink) { index, offset in
            if let finding = findings.verdict(at: index) { rows.note(finding, at: offset) }
        }
        return rows
    }

    /// - Parameter note: is called with each finding's position among all, and its line's in the
    ///   report.
    private func write(
        to sink: inout some ReportSink, note: (_ index: Int, _ offset: Int) -> Void
    ) throws {
        var buffer = ReportBuffer()
        buffer.append(start)
        var json = JSONWriter()
        var separator = "\n"
        for (index, finding) in findings.enumerated() {
            json.removeAll(keepingCapacity: true)
            finding.write(to: &json)
            buffer.append(separator)
            note(index, buffer.size)
            buffer.append(json.bytes)
            separator = ",\n"
            try buffer.pass(to: &sink)
        }
        buffer.append("]}\n")
        try buffer.flush(to: &sink)
    }

    /// Everything before the first finding.
    private var start: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        facts.writeMembers(to: &json)
        json.key("findings")
        json.beginArray()
        return json.bytes
    }
}
