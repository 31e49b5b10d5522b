import Catalogue
import Portals
import Validation

/// All findings of a workbook as they are read, those of the file first; made one at a time.
struct RenderedFindings: Sequence, IteratorProtocol {
    private let facts: ReportFacts
    private let text: FindingText
    /// Those about the file come before those about a sheet or its header.
    private let ofFile: [FileFinding]
    private let ofSheets: [FileFinding]
    /// How many of the verdicts' findings are about the file.
    private let fileVerdictCount: Int
    private var index = 0

    /// - Throws: for a rule's text whose braces or brackets do not fit.
    init(_ facts: ReportFacts, messages: Messages) throws(MessagesError) {
        self.facts = facts
        ofFile = facts.fileFindings.filter { $0.sheet == nil }
        ofSheets = facts.fileFindings.filter { $0.sheet != nil }
        let findings = facts.judged?.verdicts.findings
        fileVerdictCount = findings?.prefix { $0.place.sheet == nil }.count ?? 0
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
        if let finding = verdict(at: index) { return rendered(finding) }
        let isOfFile = index < ofFile.count
        return text.rendered(
            isOfFile ? ofFile[index] : ofSheets[index - ofFile.count - fileVerdictCount])
    }

    /// The verdicts' finding at a position among all; nil for one that is none of theirs.
    func verdict(at position: Int) -> Int? {
        let behindFile = position - ofFile.count
        if behindFile < 0 { return nil }
        if behindFile < fileVerdictCount { return behindFile }
        let behindSheets = behindFile - ofSheets.count
        return behindSheets < fileVerdictCount ? nil : behindSheets
    }

    /// One finding of the verdicts, by its index.
    func rendered(_ finding: Int) -> RenderedFinding? {
        facts.judged.map { text.rendered($0.verdicts.findings[finding]) }
    }
}
