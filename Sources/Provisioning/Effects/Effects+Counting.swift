import Portals
import Spreadsheet
import Validation

extension Effects {
    /// Counts what the accepted rows add, change and cost, and what mail their operations send.
    ///
    /// Mails are counted by the id of the operation that sends them.
    init(of steps: [PlannedStep], _ selection: StepSelection, today: CivilDate) {
        self.init()
        let values = selection.values
        for sheet in values.store.sheets.indices {
            var counts = RunCounts<Action>()
            for row in values.acceptedRows(ofSheet: sheet) {
                counts.add(values.action(sheet: sheet, row: row))
            }
            for action in Action.allCases {
                guard let count = counts.all[action] else { continue }
                add(count, action, sheet: values.sheetDefinition(sheet).id)
            }
        }
        paid = PaidCount(selection, today: today).packages
        trials = EndingTrials(selection, today: today).all
        for step in steps where step.operation.mail != nil { countMail(of: step) }
    }

    private mutating func add(_ count: Int, _ action: Action, sheet: String) {
        switch action {
        case .create, .givePersonalRoom: added += count
        case .update, .link, .unlink, .accept, .decline: updated += count
        case .delete: deleted += count
        // What they do is told by their mails.
        case .invite, .resetPassword: return
        }
        changes.append(ChangeCount(sheet: sheet, action: action, count: count))
    }

    private mutating func countMail(of step: PlannedStep) {
        if let index = mails.firstIndex(where: { $0.kind == step.operation.id }) {
            mails[index].count += step.operationCount
        } else {
            mails.append(MailCount(kind: step.operation.id, count: step.operationCount))
        }
    }
}

/// Paid packages by name, in the order in which the workbook first asks for each.
private struct PaidCount {
    private(set) var packages: [PaidPackage] = []

    init(_ selection: StepSelection, today: CivilDate) {
        let values = selection.values
        var counts = RunCounts<Offer>()
        var order: [(offer: Offer, price: Price)] = []
        for charges in Self.charges(selection, today) {
            for row in values.acceptedRows(ofSheet: charges.sheet) {
                guard let name = charges.name(ofRow: row) else { continue }
                let offer = Offer(setting: charges.setting, name: name)
                if counts.add(offer), let price = charges.price(of: name) {
                    order.append((offer, price))
                }
            }
        }
        packages = order.map { offer, price in
            Self.package(offer.name, count: counts.all[offer] ?? 0, price)
        }
    }

    private static func charges(
        _ selection: StepSelection, _ today: CivilDate
    ) -> [Charges] {
        let values = selection.values
        return values.store.sheets.indices.flatMap { sheet in
            Charges.settings(of: values.sheetDefinition(sheet)).compactMap {
                Charges(selection, sheet: sheet, setting: $0, today: today)
            }
        }
    }

    private static func package(_ name: String, count: Int, _ price: Price) -> PaidPackage {
        PaidPackage(
            name: name, count: count, price: price.amount, currency: price.currency,
            period: price.period,
            sum: price.amount.flatMap(DecimalText.init(_:))?.times(count),
            validFrom: price.validFrom)
    }

    private struct Offer: Hashable {
        let setting: String
        let name: String
    }
}

/// How often each of some things comes. Most rows ask for what the row before asks for: of a run of
/// them the things are looked up once.
private struct RunCounts<Element: Hashable> {
    private var counts: [Element: Int] = [:]
    private var run: (element: Element, count: Int)?

    /// - Returns: whether it came for the first time.
    @discardableResult
    mutating func add(_ element: Element) -> Bool {
        if let run, run.element == element {
            self.run = (element, run.count + 1)
            return false
        }
        endRun()
        run = (element, 1)
        return counts[element] == nil
    }

    private mutating func endRun() {
        if let run { counts[run.element, default: 0] += run.count }
        run = nil
    }

    var all: [Element: Int] {
        var whole = self
        whole.endRun()
        return whole.counts
    }
}
