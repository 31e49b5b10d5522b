import Portals
import Spreadsheet
import Validation

/// The trials that accepted rows begin, or to which they give another end, by the day on which they
/// turn into something paid; also those of records that rows make beside what they are about.
struct EndingTrials {
    private let selection: StepSelection
    private let today: CivilDate
    private var counts: [CivilDate: Int] = [:]
    private var unknownCount = 0

    init(_ selection: StepSelection, today: CivilDate) {
        self.selection = selection
        self.today = today
        for sheet in selection.values.store.sheets.indices {
            countRows(ofSheet: sheet)
            countMade(byRowsOf: sheet)
        }
    }

    /// By day, the earliest first; those whose day is not known come last.
    var all: [EndingTrial] {
        let known = counts.sorted { $0.key < $1.key }.map {
            EndingTrial(date: $0.key.description, count: $0.value)
        }
        return unknownCount > 0 ? known + [EndingTrial(date: nil, count: unknownCount)] : known
    }

    private mutating func count(_ day: CivilDate?) {
        guard let day else {
            unknownCount += 1
            return
        }
        counts[day, default: 0] += 1
    }

    private mutating func countRows(ofSheet sheet: Int) {
        let definition = selection.values.sheetDefinition(sheet)
        let end = TrialEnd(of: definition, in: selection.values.definition, selection.settings)
        guard let end, let trial = definition.trial else { return }
        for row in selection.rows(ofSheet: sheet, when: trial.when)
        where Self.begins(selection.values.action(sheet: sheet, row: row)) {
            let state = RowOnTrial(values: selection.values, sheet: sheet, row: row)
            guard state.isNewOrEndsAnew(end) else { continue }
            count(end.day(from: state.begin(end, today: today), state.value))
        }
    }

    private mutating func countMade(byRowsOf sheet: Int) {
        let values = selection.values
        let (definition, own) = (values.definition, values.sheetDefinition(sheet))
        for maker in RecordMaker.all(of: own, in: definition, selection.settings) {
            let made = definition.sheets[maker.sheet]
            guard let end = TrialEnd(of: made, in: definition, selection.settings) else {
                continue
            }
            for row in values.acceptedRows(ofSheet: sheet) {
                let said = own.fields.indices.map {
                    values.value(sheet: sheet, row: row, field: $0)
                }
                let action = values.action(sheet: sheet, row: row)
                guard let record = maker.record(ofRow: said, asking: action), end.isOn(record)
                else { continue }
                count(end.day(ofRecord: record, from: today))
            }
        }
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
        guard let record, end.isOn(Array(record.values)) else { return true }
        return end.fields.contains { values.isNewOrChanged(sheet: sheet, row: row, field: $0) }
    }

    /// Nil where nobody knows when a trial began that goes on.
    func begin(_ end: TrialEnd, today: CivilDate) -> CivilDate? {
        guard let record else { return today }
        return end.begin(record) ?? (end.isOn(Array(record.values)) ? nil : today)
    }

    /// What a field will be: what is known where the row leaves it.
    func value(_ field: Int) -> String {
        guard let record, !values.isNewOrChanged(sheet: sheet, row: row, field: field) else {
            return values.value(sheet: sheet, row: row, field: field)
        }
        return record.values[field] ?? ""
    }
}
