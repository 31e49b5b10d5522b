import Portals
package import Reports
package import Validation

extension Judgement {
    /// What reports tell of it.
    package func facts(effects: Effects = Effects()) -> ReportFacts {
        var facts: ReportFacts
        if let plan, let store, let verdicts {
            let judged = JudgedWorkbook(store, verdicts, of: plan.definition)
            facts = ReportFacts(judged, fileFindings: findings)
        } else {
            facts = ReportFacts(unjudged: findings, of: plan?.definition)
        }
        facts.today = request.inputs.today
        facts.workbookName = request.workbook.name
        facts.workbookSHA256 = request.workbook.sha256
        facts.inputs = request.inputs.digests.map { ReportInput($0.name, sha256: $0.sha256) }
        facts.effects = effects
        return facts
    }
}
