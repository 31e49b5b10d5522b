package import Catalogue
import JSON

/// The report as JSON Lines, to be read without holding it whole.
///
/// The first line is the object of `JSONReport` without its `findings`; it alone has a member
/// `counts`. Each line after it is one finding.
package struct JSONLinesReport: Report {
    private let facts: ReportFacts
    private let findings: RenderedFindings

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        self.facts = facts
        findings = try RenderedFindings(facts, messages: messages)
    }

    package func write(to sink: inout some ReportSink) throws {
        var buffer = ReportBuffer()
        var json = JSONWriter()
        json.beginObject()
        facts.writeMembers(to: &json)
        json.endObject()
        json.endLine()
        buffer.append(json.bytes)
        for finding in findings {
            json.removeAll(keepingCapacity: true)
            finding.write(to: &json)
            json.endLine()
            buffer.append(json.bytes)
            try buffer.pass(to: &sink)
        }
        try buffer.flush(to: &sink)
    }
}
