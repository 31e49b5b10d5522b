package import Catalogue
package import Reports

/// The forms a report can have.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, jsonl, tsv, html

    /// Whether it tells the hashes of what was handed in.
    package var tellsDigests: Bool { self == .json || self == .jsonl }

    /// - Parameter isColoured: for text on a terminal.
    package func report(
        _ facts: ReportFacts, messages: Messages, isColoured: Bool = false
    ) throws -> any Report {
        switch self {
        case .text: try TextReport(facts, messages: messages, isColoured: isColoured)
        case .json: try JSONReport(facts, messages: messages)
        case .jsonl: try JSONLinesReport(facts, messages: messages)
        case .tsv: try TSVReport(facts, messages: messages)
        case .html: try HTMLReport(facts, messages: messages)
        }
    }
}
