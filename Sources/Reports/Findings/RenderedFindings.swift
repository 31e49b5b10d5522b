import Catalogue
import Portals
import Validation

/// All findings of a workbook as they are read, those of the file first; made one at a time.
struct RenderedFindings: Sequence, IteratorProtocol {
    private let facts: ReportFacts
    private let text: FindingText
    private var index = 0

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        self.facts = facts
        if let judged = facts.judged {
            text = try FindingText(judged, messages: messages)
        } else {
            text = FindingText(portal: facts.definition?.title, messages: messages)
        }
    }

    /// How many there are.
    var underestimatedCount: Int {
        facts.fileFindings.count + (facts.judged?.verdicts.findings.count ?? 0) - index
    }

    mutating func next() -> RenderedFinding? {
        guard underestimatedCount > 0 else { return nil }
        defer { index += 1 }
        let fileCount = facts.fileFindings.count
        if index < fileCount { return text.rendered(facts.fileFindings[index]) }
        return facts.judged.map { text.rendered($0.verdicts.findings[index - fileCount]) }
    }

    /// One finding of the verdicts, by its index.
    func rendered(_ finding: Int) -> RenderedFinding? {
        facts.judged.map { text.rendered($0.verdicts.findings[finding]) }
    }
}
