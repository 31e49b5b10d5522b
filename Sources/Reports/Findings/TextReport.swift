package import Catalogue

/// The report for a terminal or a mail: findings a line each, then what it all comes to.
///
/// ```
/// Customers!B14: ann@acme.example is also in B7. Give each row an address of its own. [email.…]
/// ```
/// Lines are not wrapped. At most `ReportLimits.findingsShownMax` findings are shown.
package struct TextReport: Report {
    private let facts: ReportFacts
    private let messages: Messages
    private let findings: RenderedFindings
    private let paint: Paint

    /// - Parameter isColoured: whether places and codes are coloured for a terminal.
    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(
        _ facts: ReportFacts, messages: Messages, isColoured: Bool = false
    ) throws(MessagesError) {
        self.facts = facts
        self.messages = messages
        findings = try RenderedFindings(facts, messages: messages)
        paint = Paint(isOn: isColoured)
    }

    package func write(to sink: inout some ReportSink) throws {
        let summary = ReportSummary(facts, messages: messages)
        var buffer = ReportBuffer()
        for finding in findings.prefix(ReportLimits.findingsShownMax) {
            buffer.append(line(of: finding, summary) + "\n")
            try buffer.pass(to: &sink)
        }
        if let more = summary.more(than: ReportLimits.findingsShownMax, of: findings) {
            buffer.append("\(more)\n")
        }
        if findings.underestimatedCount > 0 { buffer.append("\n") }
        for line in closing(summary) { buffer.append(line + "\n") }
        try buffer.flush(to: &sink)
    }

    private func line(of finding: RenderedFinding, _ summary: ReportSummary) -> String {
        var place = summary.place(of: finding)
        if finding.severity != .error {
            place += " (\(messages.fragment("severity.\(finding.severity.rawValue)")))"
        }
        let start = paint.place("\(place):", finding.severity)
        let parts = [start, finding.message, finding.remedy, summary.suggestion(of: finding) ?? ""]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
            + " " + paint.code("[\(finding.code.rawValue)]")
    }

    private func closing(_ summary: ReportSummary) -> [String] {
        [paint.title("\(summary.name): \(summary.counts)")] + summary.effects + causes(summary)
    }

    private func causes(_ summary: ReportSummary) -> [String] {
        let causes = summary.causes(findings)
        if causes.isEmpty { return [] }
        let lines = causes.map { group, first in
            let place = messages.fragment("report.first", ["cells": summary.place(of: first)])
            return "  \(summary.rows(of: group)): \(first.message) \(first.remedy) (\(place))"
        }
        return ["", paint.title(messages.fragment("report.fix_first"))] + lines
    }
}

/// Colours of a terminal (ECMA-48 §8.3.117), or none.
private struct Paint {
    let isOn: Bool

    func place(_ text: String, _ severity: Severity) -> String {
        switch severity {
        case .error: painted(text, "1;31")
        case .warning: painted(text, "1;33")
        case .info: painted(text, "36")
        }
    }

    func code(_ text: String) -> String { painted(text, "2") }

    func title(_ text: String) -> String { painted(text, "1") }

    private func painted(_ text: String, _ colour: String) -> String {
        isOn ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
    }
}
