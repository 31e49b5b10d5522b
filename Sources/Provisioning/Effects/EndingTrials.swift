import Portals
import Spreadsheet
import Validation

/// The trials that accepted rows begin, by the day on which they turn into something paid.
struct EndingTrials {
    /// By day, the earliest first; those whose day is not known come last.
    private(set) var all: [EndingTrial] = []

    init(_ selection: StepSelection, today: CivilDate) {
        var counts: [CivilDate: Int] = [:]
        var unknownCount = 0
        for sheet in selection.values.store.sheets.indices {
            let definition = selection.values.sheetDefinition(sheet)
            let end = TrialEnd(of: definition, in: selection.values.definition, selection.settings)
            guard let end, let trial = definition.trial else { continue }
            for row in selection.rows(ofSheet: sheet, when: trial.when)
            where Self.begins(selection.values.action(sheet: sheet, row: row)) {
                let day = end.day(from: today) {
                    selection.values.value(sheet: sheet, row: row, field: $0)
                }
                if let day {
                    counts[day, default: 0] += 1
                } else {
                    unknownCount += 1
                }
            }
        }
        all = counts.sorted { $0.key < $1.key }.map {
            EndingTrial(date: $0.key.description, count: $0.value)
        }
        if unknownCount > 0 { all.append(EndingTrial(date: nil, count: unknownCount)) }
    }

    private static func begins(_ action: Action) -> Bool {
        switch action {
        case .create, .update: true
        default: false
        }
    }
}
