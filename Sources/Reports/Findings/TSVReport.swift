package import Catalogue

/// The findings as tab-separated values: a header, then a line for each finding.
///
/// Columns are the members of a finding in JSON; `related` is joined by spaces, and what is absent
/// is empty. In values a backslash, tab, line feed and carriage return become `\\`, `\t`, `\n` and
/// `\r`, so that one finding is always one line.
package struct TSVReport: Report {
    private static let header = """
        code\tseverity\tsheet\trow\tcolumn\tcell\tfound\tmessage\tremedy\trelated\trelatedCount\
        \tsuggestion

        """

    private let findings: RenderedFindings

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    package init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        findings = try RenderedFindings(facts, messages: messages)
    }

    package func write(to sink: inout some ReportSink) throws {
        var buffer = ReportBuffer()
        buffer.append(Self.header)
        for finding in findings {
            buffer.append(Self.line(of: finding))
            try buffer.pass(to: &sink)
        }
        try buffer.flush(to: &sink)
    }

    private static func line(of finding: RenderedFinding) -> String {
        let values: [String?] = [
            finding.code.rawValue, finding.severity.rawValue, finding.sheet,
            finding.row.map { "\($0)" }, finding.column, finding.cell, finding.found,
            finding.message, finding.remedy, finding.related.joined(separator: " "),
            "\(finding.relatedCount)", finding.suggestion,
        ]
        return values.map { escaped($0 ?? "") }.joined(separator: "\t") + "\n"
    }

    private static func escaped(_ text: String) -> String {
        let needsNone = text.utf8.allSatisfy {
            $0 != 0x5C && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D
        }
        if needsNone { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": escaped += #"\\"#
            case "\t": escaped += #"\t"#
            case "\n": escaped += #"\n"#
            case "\r": escaped += #"\r"#
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
