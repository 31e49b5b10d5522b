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
    private var keys: [Key] = []
    private var findings: [Finding] = []
    private var details: [FindingDetail] = []

    /// Returns the position of the finding that stands for the place now.
    @discardableResult
    mutating func add(
        _ code: Code, _ severity: Severity, _ place: Place,
        _ detail: @autoclosure () -> FindingDetail?, group: String
    ) -> Int {
        let key = Key(sheet: place.sheet, field: place.field, code: code, group: group)
        let position = position(of: key) {
            var detail = detail() ?? FindingDetail()
            detail.related = []
            detail.relatedCount = 0
            return (Finding(code: code, severity: severity, place: place), detail)
        }
        guard place.row != nil else { return position }
        details[position].relatedCount += 1
        if details[position].related.count < FindingDetail.relatedMax {
            details[position].related.append(place)
        }
        return position
    }

    /// Adds what somebody else folded.
    mutating func add(_ other: FoldedFindings) {
        for (index, key) in other.keys.enumerated() {
            let more = other.details[index]
            let position = position(of: key) {
                var detail = more
                detail.related = []
                detail.relatedCount = 0
                return (other.findings[index], detail)
            }
            let room = FindingDetail.relatedMax - details[position].related.count
            details[position].related += more.related.prefix(room)
            details[position].relatedCount += more.relatedCount
        }
    }

    private mutating func position(
        of key: Key, _ make: () -> (Finding, FindingDetail)
    ) -> Int {
        if let position = positions[key] { return position }
        let (finding, detail) = make()
        positions[key] = keys.count
        keys.append(key)
        findings.append(finding)
        details.append(detail)
        return keys.count - 1
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
