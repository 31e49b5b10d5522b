import Catalogue

/// Warnings and notes that say the same down a column: told once, with count and first places.
struct FoldedFindings {
    private struct Key: Hashable {
        var sheet: Int?
        var field: Int?
        var code: Code
        var group: String
    }

    private var positions: [Key: Int] = [:]
    private var findings: [Finding] = []
    private var details: [FindingDetail] = []

    /// Returns the position of the finding that stands for the place now.
    @discardableResult
    mutating func add(
        _ code: Code, _ severity: Severity, _ place: Place,
        _ detail: @autoclosure () -> FindingDetail?, group: String
    ) -> Int {
        let key = Key(sheet: place.sheet, field: place.field, code: code, group: group)
        let position = positions[key] ?? findings.count
        if position == findings.count {
            positions[key] = position
            findings.append(Finding(code: code, severity: severity, place: place))
            details.append(detail() ?? FindingDetail())
            details[position].related = []
            details[position].relatedCount = 0
        }
        guard place.row != nil else { return position }
        details[position].relatedCount += 1
        if details[position].related.count < FindingDetail.relatedMax {
            details[position].related.append(place)
        }
        return position
    }

    /// Lets a finding stand for more cells, none of which is among the first.
    mutating func count(_ more: Int, at position: Int) { details[position].relatedCount += more }

    func append(to verdicts: inout Verdicts) {
        for (finding, detail) in zip(findings, details) {
            var finding = finding
            finding.detailIndex = verdicts.details.count
            verdicts.details.append(detail)
            verdicts.findings.append(finding)
        }
    }
}
