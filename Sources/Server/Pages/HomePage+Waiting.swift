import Foundation
import Ledger
import Portals
import Spreadsheet
import Validation

// What waits at portals: trials that end, invitations that nobody answers.
extension Site {
    func waitingAtPortals(_ reseller: String, _ texts: PageTexts) async throws -> [PageValues] {
        var waiting: [PageValues] = []
        for portal in configuration.definitions.map(\.portal) {
            let definition = try await definition(portal, for: reseller)
            let scope = LedgerScope(reseller: reseller, portal: portal)
            let (endings, invitations) = try await Blocking.run { [self] in
                (
                    try self.endings(definition, in: scope),
                    try unansweredInvitations(definition, in: scope)
                )
            }
            waiting += lines(invitations, definition, texts) + lines(endings, definition, texts)
        }
        return waiting
    }

    private func endings(
        _ definition: Definition, in scope: LedgerScope
    ) throws -> [TrialCalendar.Ending] {
        guard definition.sheets.contains(where: { $0.trial != nil }), let today,
            let last = today.adding(days: SiteLimits.trialDayCount)
        else { return [] }
        return try trials.endings(definition, in: scope, from: today, to: last, ledger)
    }

    /// Trials that end soon, each with its record.
    private func lines(
        _ endings: [TrialCalendar.Ending], _ definition: Definition, _ texts: PageTexts
    ) -> [PageValues] {
        var values = endings.prefix(SiteLimits.trialsShownMax).map { ending -> PageValues in
            let view = RecordSheet(
                definition: definition, sheet: definition.sheets[ending.sheet], texts: texts)
            return [
                "href": "\(view.path)/\(ending.id)",
                "text": texts(
                    "waiting.trial",
                    [
                        "name": view.name(of: ending.values), "portal": definition.title,
                        "date": "\(ending.day)",
                    ]),
                "actionText": texts("waiting.trial_action"),
            ]
        }
        let more = endings.dropFirst(SiteLimits.trialsShownMax)
        if let first = more.first, let last = more.last {
            let sheet = definition.sheets[first.sheet].id
            values.append([
                "href": "/portals/\(definition.portal)/records/\(sheet)",
                "text": texts(
                    "waiting.trials_more",
                    [
                        "count": more.count, "portal": definition.title,
                        "date": "\(last.day)",
                    ]),
                "actionText": texts("waiting.trials_more_action"),
            ])
        }
        return values
    }

    /// Batches whose invitations nobody answered for a week.
    private func unansweredInvitations(
        _ definition: Definition, in scope: LedgerScope
    ) throws -> [UnansweredInvitations] {
        guard let day = today?.adding(days: -SiteLimits.answerDayCount) else { return [] }
        return try ledger.unanswered(
            definition.invitations, in: scope,
            since: "\(day)\(configuration.timestamp().dropFirst(10))",
            batchCountMax: SiteLimits.listCountMax)
    }

    private func lines(
        _ invitations: [UnansweredInvitations], _ definition: Definition, _ texts: PageTexts
    ) -> [PageValues] {
        invitations.map { waiting in
            [
                "href": "/batches/\(waiting.batch)",
                "text": texts(
                    "waiting.invitations",
                    [
                        "count": waiting.count, "number": "\(waiting.batch)",
                        "portal": definition.title,
                    ]),
                "actionText": texts("waiting.steps_action"),
            ]
        }
    }

    private var today: CivilDate? { CivilDate(iso: String(configuration.timestamp().prefix(10))) }
}
