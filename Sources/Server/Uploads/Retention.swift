import Ledger
import Logging
import Portals
import Spreadsheet

/// Removes what was handed in long ago, and what came of it: it names people in the clear. A
/// reseller may have it go sooner than the site's limits say, for each portal.
struct Retention: Sendable {
    let site: SiteConfiguration
    let ledger: any Ledger & SiteMemory
    let logger: Logger

    func expire() async {
        guard let today = CivilDate(iso: String(site.timestamp().prefix(10))) else { return }
        do {
            try await Blocking.run {
                try expire(site.ceiling[.days], before: today, in: nil)
                for (scope, dayCount) in try shorter() {
                    try expire(dayCount, before: today, in: scope)
                }
            }
        } catch {
            logger.error("files are kept for longer than their days: \(error)")
        }
    }

    private func expire(
        _ dayCount: Int, before today: CivilDate, in scope: LedgerScope?
    ) throws {
        guard let day = today.adding(days: -dayCount) else { return }
        let moment = "\(day)T00:00:00Z"
        for upload in try ledger.restingUploads(before: moment) {
            let own = LedgerScope(reseller: upload.reseller, portal: upload.portal)
            if scope == nil || scope == own { try ledger.remove(upload, from: site.files) }
        }
        // Without a scope workers do that, who know the same days.
        if let scope { _ = try ledger.expireFiles(before: moment, in: scope) }
    }

    /// Where fewer days hold for a reseller than the site is started with.
    private func shorter() throws -> [(scope: LedgerScope, dayCount: Int)] {
        var found: [(scope: LedgerScope, dayCount: Int)] = []
        for reseller in Set(try ledger.accounts(of: nil).map(\.reseller)).sorted() {
            let limit = try site.limits(of: reseller, in: ledger)[.days]
            let remembered = try ledger.settings(of: reseller)
            for definition in site.definitions {
                let settings = remembered.first { $0.portal == definition.portal }
                let own = settings.flatMap { ownDayCount(definition, $0) } ?? limit
                let dayCount = min(own, limit)
                let scope = LedgerScope(reseller: reseller, portal: definition.portal)
                if dayCount < site.ceiling[.days] { found.append((scope, dayCount)) }
            }
        }
        return found
    }

    /// What a reseller wants; settings that can't be read any more say nothing.
    private func ownDayCount(_ definition: Definition, _ remembered: RememberedSettings) -> Int? {
        do throws(DefinitionError) {
            let settings = try definition.settings.changed(
                byYAML: remembered.text, file: remembered.source, portal: definition.portal,
                portals: site.definitions.map(\.portal))
            return settings[Settings.keptDays]?.integer.map { max($0, 1) }
        } catch {
            return nil
        }
    }
}
