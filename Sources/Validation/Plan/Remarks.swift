import Catalogue

/// What is only pointed out, judged once more where rows are sent back: some of it becomes true by
/// that. What was said already of how all rows would leave things is not said again.
struct Remarks: Sendable {
    private struct Remark: Hashable {
        let code: Code
        let place: Place
        let rule: String
    }

    private var said: Set<Remark> = []
    /// Whether things are judged as all rows would leave them.
    var isFirst = true

    /// - Returns: whether it is to be said.
    mutating func take(_ code: Code, at place: Place, by rule: String) -> Bool {
        let isNew = said.insert(Remark(code: code, place: place, rule: rule)).inserted
        return isNew && !isFirst
    }

    /// - Parameters:
    ///   - before: what refers to what where all rows happen.
    ///   - again: what the rows sent back change.
    static func judge(before: RecordLinks, _ again: JudgingAgain, _ judging: inout Judging) {
        let after = judging.links
        judging.remarks = Remarks()
        judging.links = before
        judging.judgeRemarks(again)
        judging.links = after
        judging.remarks?.isFirst = false
        judging.judgeRemarks(again)
        judging.remarks = nil
    }
}

extension Judging {
    fileprivate mutating func judgeRemarks(_ again: JudgingAgain) {
        children = [:]
        judgeAcrossSheets(where: again.concernsRemarks)
        if !again.changesTargets { return }
        forEachSheet { judging, rules in
            for (field, rules) in rules.fieldRules.enumerated() {
                for rule in rules
                where type(of: rule).phase.looksAtOthers && rule.readsOtherRows
                    && again.concernsRemarks(rule)
                {
                    rule.judge(field: field, &judging)
                }
            }
        }
    }
}
