import Portals
import Spreadsheet
import Validation

/// The trials that accepted rows begin, or to which they give another end, by the day on which they
/// turn into something paid.
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
                let state = RowOnTrial(values: selection.values, sheet: sheet, row: row)
                guard state.isNewOrEndsAnew(end) else { continue }
                let day = end.day(from: state.begin(end, today: today), state.value)
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

/// A row whose record is on trial once the row is taken.
private struct RowOnTrial {
    let values: RecordValues
    let sheet: Int
    let row: Int

    private var record: KnownRecord? { values.verdicts.links.record(sheet: sheet, row: row) }

    /// Whether the record was not on trial before, or the row changes how long it is.
    func isNewOrEndsAnew(_ end: TrialEnd) -> Bool {
        guard let record, end.isOn(record) else { return true }
        return end.fields.contains { values.isNewOrChanged(sheet: sheet, row: row, field: $0) }
    }

    /// Nil where nobody knows when a trial began that goes on.
    func begin(_ end: TrialEnd, today: CivilDate) -> CivilDate? {
        guard let record else { return today }
        return end.begin(record) ?? (end.isOn(record) ? nil : today)
    }

    /// What a field will be: what is known where the row leaves it.
    func value(_ field: Int) -> String {
        guard let record, !values.isNewOrChanged(sheet: sheet, row: row, field: field) else {
            return values.value(sheet: sheet, row: row, field: field)
        }
        return record.values[field] ?? ""
    }
}
