import Catalogue
import Portals

/// Sends back what rests on rows that are sent back.
///
/// Such a row does not happen: what it would have made is not there, and what it would have changed
/// or taken away stays as it is known. So all that compares rows is judged again without them. What
/// is found then of a row that was good before lies on them, and the row waits until they are
/// fixed. As that row does not happen either, it goes on until nothing is found.
struct RejectedRows {
    private let parents: RejectedParents
    /// What rows asked for before it was known what they change.
    private let asked: [[Action]]

    init(_ asked: [[Action]], _ judging: Judging) {
        parents = RejectedParents(judging.plan.definition)
        self.asked = asked
    }

    /// - Complexity: O(rows) each time; nothing where no row is sent back.
    func judge(_ judging: inout Judging) {
        sendBack(&judging)
        var rejectedCount = 0
        var roundCount = 0
        while judging.rejectedCount > rejectedCount {
            rejectedCount = judging.rejectedCount
            if roundCount == ValidationPlan.againCountMax {
                rejectRest(&judging)
                break
            }
            for waiting in waiting(&judging) { report(waiting, &judging) }
            sendBack(&judging)
            roundCount += 1
        }
        if rejectedCount == 0 { return }
        let (before, again, actions) = (judging.links, JudgingAgain(judging), judging.actions)
        judging.links = before.without(judging.rejected)
        judging.actions = asked
        Remarks.judge(before: before, again, &judging)
        judging.actions = actions
    }

    /// What is under a row that is sent back, and what would take its record's name.
    private func sendBack(_ judging: inout Judging) {
        parents.judge(&judging)
        Handovers().judgeAgain(&judging)
    }

    /// The rows that may not go without those that are sent back by now.
    private func waiting(_ judging: inout Judging) -> [JudgingAgain.Waiting] {
        let (links, actions) = (judging.links, judging.actions)
        let again = JudgingAgain(judging)
        judging.again = again
        judging.links = links.without(judging.rejected)
        judging.actions = asked
        judging.children = [:]
        judging.judgeAcrossSheets(where: again.concerns)
        if again.changesTargets { judging.judgeBesideOthers() }
        let waiting = judging.again?.waiting ?? []
        (judging.links, judging.actions, judging.again) = (links, actions, nil)
        return waiting
    }

    /// Several rules may tell of one row: the first one is enough.
    private func report(_ waiting: JudgingAgain.Waiting, _ judging: inout Judging) {
        guard let sheet = waiting.place.sheet, let row = waiting.place.row,
            !judging.rejected[sheet].contains(row)
        else { return }
        let related = waiting.causes.rows.map { Place(sheet: $0.sheet, row: $0.index) }
        judging.report(
            .rowWaits, at: waiting.place,
            detail: FindingDetail(related: related, relatedCount: waiting.causes.count))
    }

    /// Who builds a chain of rows that long gets none of them through.
    private func rejectRest(_ judging: inout Judging) {
        for sheet in judging.store.sheets.indices {
            for row in judging.store.sheets[sheet].judgedRows
            where !judging.rejected[sheet].contains(row) && !judging.unchanged[sheet].contains(row)
            {
                judging.report(.rowWaits, at: Place(sheet: sheet, row: row))
            }
        }
    }
}

extension Judging {
    fileprivate var rejectedCount: Int { rejected.reduce(0) { $0 + $1.count } }

    /// Asks those rules again whose answer for a row depends on other rows.
    fileprivate mutating func judgeBesideOthers() {
        forEachSheet { judging, rules in
            for (field, rules) in rules.fieldRules.enumerated() {
                for rule in rules
                where type(of: rule).phase.looksAtOthers && rule.readsOtherRows
                    && judging.again?.concerns(rule) ?? false
                {
                    judging.again?.counted = rule.childrenCounted
                    rule.judge(field: field, &judging)
                }
            }
            judging.again?.counted = []
            for rule in rules.sheetRules { rule.judgeAgainstKnown(&judging) }
        }
    }
}
