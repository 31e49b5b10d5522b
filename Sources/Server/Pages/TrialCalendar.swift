import Ledger
import Portals
import Spreadsheet
import Synchronization
import Validation

/// The trials of a reseller that end soon, counted once for each state of what is known.
final class TrialCalendar: Sendable {
    /// A trial that ends.
    struct Ending: Sendable {
        let sheet: Int
        /// What its record is called by in addresses.
        let id: String
        let values: [String?]
        let day: CivilDate
    }

    private struct Page: Sendable {
        let state: String
        let endings: [Ending]
    }

    /// Resellers' portals that are remembered.
    private static let pageCountMax = 1_000

    private let pages = Mutex<[LedgerScope: Page]>([:])

    /// Those of a portal that end from one day to another, the first to end first.
    ///
    /// - Parameter definition: as the reseller's settings make it.
    /// - Complexity: O(trials that end, and records as old as such trials) once after each change
    ///   of what is known, and each day.
    func endings(
        _ definition: Definition, in scope: LedgerScope, from today: CivilDate,
        to last: CivilDate, _ ledger: any RecordMemory
    ) throws -> [Ending] {
        // Settings are a part of what is known.
        let state = "\(try ledger.revision(in: scope)) \(today)"
        if let page = pages.withLock({ $0[scope] }), page.state == state { return page.endings }
        let indexes = try ValidationPlan(for: definition).recordIndexes
        var endings: [Ending] = []
        for (index, sheet) in definition.sheets.enumerated() {
            guard let end = TrialEnd(of: sheet, in: definition, definition.settings) else {
                continue
            }
            let spans = end.spans(from: today, to: last)
            try ledger.forEachRecord(ofSheet: sheet, within: spans, of: indexes, in: scope) {
                id, values, time in
                let start = CivilDate(iso: String(time.prefix(10)))
                guard let day = end.day(ofRecord: values, from: start), day >= today, day <= last
                else { return }
                endings.append(Ending(sheet: index, id: id, values: values, day: day))
            }
        }
        endings.sort { $0.day < $1.day }
        pages.withLock { pages in
            if pages.count >= Self.pageCountMax { pages.removeAll() }
            pages[scope] = Page(state: state, endings: endings)
        }
        return endings
    }
}
