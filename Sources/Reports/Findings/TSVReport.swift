package import Catalogue

/// The findings as tab-separated values: a header, then a line for each finding.
///
/// Columns are the members of a finding in JSON; `related` is joined by spaces, and what is absent
/// is empty. In values a backslash, tab, line feed and carriage return become `\\`, `\t`, `\n` and
/// `\r`, other control characters `\u001b`, so that one finding is always one line.
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
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 && $0 != 0x5C }) { return text }
        return text.unicodeScalars.map(escaped).joined()
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch (scalar, scalar.properties.generalCategory) {
        case ("\\", _): return #"\\"#
        case ("\t", _): return #"\t"#
        case ("\n", _): return #"\n"#
        case ("\r", _): return #"\r"#
        case (_, .control), (_, .lineSeparator), (_, .paragraphSeparator):
            let digits = String(scalar.value, radix: 16)
            return #"\u"# + String(repeating: "0", count: 4 - digits.count) + digits
        default: return String(scalar)
        }
    }
}
