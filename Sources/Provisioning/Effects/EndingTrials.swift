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
            guard let trial = definition.trial else { continue }
            let day = TrialEnd(trial, definition, selection, sheet, today)
            for row in selection.rows(ofSheet: sheet, when: trial.when)
            where day.isBegun(by: row) {
                if let day = day.day(ofRow: row) {
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
}

/// When the trial of a row ends.
private struct TrialEnd {
    private let values: RecordValues
    private let sheet: Int
    private let today: CivilDate
    private let ends: Int?
    private let days: Int?
    private let daysSet: Int?

    init(
        _ trial: Trial, _ definition: SheetDefinition, _ selection: StepSelection, _ sheet: Int,
        _ today: CivilDate
    ) {
        values = selection.values
        self.sheet = sheet
        self.today = today
        ends = trial.ends.flatMap { definition.fieldIndex($0) }
        switch trial.days {
        case .field(let id):
            days = definition.fieldIndex(id)
            daysSet = nil
        case .setting(let name):
            days = nil
            daysSet = selection.settings[name]?.integer
        case nil: (days, daysSet) = (nil, nil)
        }
    }

    func isBegun(by row: Int) -> Bool {
        switch values.action(sheet: sheet, row: row) {
        case .create, .update: true
        default: false
        }
    }

    /// The day that is given, else so many days from today; nil: not known.
    func day(ofRow row: Int) -> CivilDate? {
        if let ends, let day = CivilDate(iso: values.value(sheet: sheet, row: row, field: ends)) {
            return day
        }
        let count = days.flatMap { Int(values.value(sheet: sheet, row: row, field: $0)) } ?? daysSet
        return count.flatMap { $0 > 0 ? today.adding(days: $0) : nil }
    }
}
