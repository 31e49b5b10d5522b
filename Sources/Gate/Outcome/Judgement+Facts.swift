import Portals
package import Reports
package import Validation

extension Judgement {
    /// What reports tell of it.
    ///
    /// - Parameter tellsDigests: whether they give the hashes of what was handed in, for which all
    ///   of it is read once more.
    /// - Throws: `ZipError` for a file that cannot be read any more.
    package func facts(
        effects: Effects = Effects(), tellsDigests: Bool
    ) throws -> ReportFacts {
        var facts: ReportFacts
        if let plan, let store, let verdicts {
            let judged = JudgedWorkbook(store, verdicts, of: plan.definition)
            facts = ReportFacts(judged, fileFindings: findings)
        } else {
            facts = ReportFacts(unjudged: findings, of: plan?.definition)
        }
        facts.today = request.inputs.today
        facts.workbookName = request.workbook.name
        if tellsDigests {
            facts.workbookSHA256 = try request.workbook.sha256
            facts.inputs = try request.inputs.digests().map {
                ReportInput($0.name, sha256: $0.sha256)
            }
        }
        facts.effects = effects
        return facts
    }
}
