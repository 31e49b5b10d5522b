package import Catalogue
import Portals
import Spreadsheet

/// The report as one page that needs nothing else: no script, no font, no image.
///
/// Light and dark by the reader's choice, and fit for paper. At most
/// `ReportLimits.findingsShownMax` findings are shown.
package struct HTMLReport: Report {
    private let facts: ReportFacts
    private let messages: Messages
    private let findings: RenderedFindings
    private let summary: ReportSummary

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        self.facts = facts
        self.messages = messages
        findings = try RenderedFindings(facts, messages: messages)
        summary = ReportSummary(facts, messages: messages)
    }

    package func write(to sink: inout some ReportSink) throws {
        var buffer = ReportBuffer()
        buffer.append(start + outcome + causes)
        try writeFindings(&buffer, to: &sink)
        buffer.append("</main>\n</body>\n</html>\n")
        try buffer.flush(to: &sink)
    }

    // MARK: Parts

    private var start: String {
        let title = messages.fragment("report.title", ["value": summary.name])
        let portal = [facts.definition?.title, facts.today?.description]
            .compactMap(\.self).map(escaped).joined(separator: " · ")
        return """
            <!DOCTYPE html>
            <html lang="\(escaped(messages.language))">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" \
            content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(escaped(title))</title>
            <style>
            \(HTMLStyle.text)
            </style>
            </head>
            <body>
            <main>
            <h1>\(escaped(title))</h1>

            """ + (portal.isEmpty ? "" : "<p>\(portal)</p>\n")
    }

    private var outcome: String {
        let lines = summary.effects.map { "<li>\(escaped($0))</li>\n" }.joined()
        return "<p class=\"counts\">\(escaped(summary.counts))</p>\n"
            + (lines.isEmpty ? "" : "<ul>\n\(lines)</ul>\n")
    }

    private var causes: String {
        let causes = summary.causes(findings)
        if causes.isEmpty { return "" }
        let rows = causes.map { group, first in
            row(
                head: summary.rows(of: group),
                [first.message, first.remedy, summary.place(of: first)])
        }
        let columns = ["report.rows", "report.problem", "remedy", "report.first_cell"]
        return tableStart("report.fix_first", columns) + rows.joined() + Self.tableEnd
    }

    private func writeFindings(
        _ buffer: inout ReportBuffer, to sink: inout some ReportSink
    ) throws {
        if findings.underestimatedCount == 0 { return }
        let columns = ["report.cell", "report.problem", "remedy", "report.suggestion"]
        buffer.append(tableStart("report.problems", columns))
        for finding in findings.prefix(ReportLimits.findingsShownMax) {
            buffer.append(row(of: finding))
            try buffer.pass(to: &sink)
        }
        buffer.append(Self.tableEnd)
        if let more = summary.more(than: ReportLimits.findingsShownMax, of: findings) {
            buffer.append("<p>\(escaped(more))</p>\n")
        }
    }

    private func row(of finding: RenderedFinding) -> String {
        let severity = finding.severity.rawValue
        let word = escaped(messages.fragment("severity.\(severity)"))
        return """
            <tr class="\(severity)"><th scope="row">\(escaped(summary.place(of: finding)))</th>\
            <td><strong>\(word):</strong> \(escaped(finding.message)) \
            <code>\(finding.code.rawValue)</code></td>\
            <td>\(escaped(finding.remedy))</td>\
            <td>\(escaped(finding.suggestion.map(MessageText.shown) ?? ""))</td></tr>

            """
    }

    // MARK: Tables

    private static let tableEnd = "</tbody>\n</table>\n"

    /// A heading, and a table that has it as its name.
    private func tableStart(_ heading: String, _ columns: [String]) -> String {
        let titles = columns.map {
            "<th scope=\"col\">\(escaped(messages.fragment($0)))</th>"
        }
        return """
            <h2 id="\(heading)">\(escaped(messages.fragment(heading)))</h2>
            <table aria-labelledby="\(heading)">
            <thead>
            <tr>\(titles.joined())</tr>
            </thead>
            <tbody>

            """
    }

    private func row(head: String, _ cells: [String]) -> String {
        let cells = cells.map { "<td>\(escaped($0))</td>" }.joined()
        return "<tr><th scope=\"row\">\(escaped(head))</th>\(cells)</tr>\n"
    }

    /// Text that cannot become markup, inside of elements and of quoted attributes.
    private func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
