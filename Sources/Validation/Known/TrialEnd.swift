package import Portals
package import Spreadsheet

/// When trials of a sheet end, as its Definition says.
package struct TrialEnd: Sendable {
    private let condition: RowCondition?
    private let settings: Settings
    private let ends: Int?
    private let begins: Int?
    private let days: Int?
    private let daysSet: Int?
    private let endIndex: RecordIndex?
    private let beginIndex: RecordIndex?

    /// Nil for a sheet without trials.
    package init?(of sheet: SheetDefinition, in definition: Definition, _ settings: Settings) {
        guard let trial = sheet.trial else { return nil }
        condition = trial.when.map { RowCondition($0, of: sheet, in: definition) }
        self.settings = settings
        ends = trial.ends.flatMap(sheet.fieldIndex)
        begins = trial.begins.flatMap(sheet.fieldIndex)
        switch trial.days {
        case .field(let id):
            days = sheet.fieldIndex(id)
            daysSet = nil
        case .setting(let name):
            days = nil
            daysSet = settings[name]?.integer
        case nil: (days, daysSet) = (nil, nil)
        }
        let own = definition.sheets.firstIndex { $0.id == sheet.id }
        let index = { (field: Int) in own.map { RecordIndex($0, [field], in: definition) } }
        endIndex = ends.flatMap(index)
        beginIndex = begins.flatMap(index)
    }

    /// The fields that say how long a trial lasts.
    package var fields: [Int] { [ends, days].compactMap(\.self) }

    /// Whether a record with some values is on trial.
    package func isOn(_ values: [String?]) -> Bool { condition?.holds(values, settings) ?? true }

    /// The fields that say how long a trial lasts, of a record that is on none.
    package func leftBehind(_ values: [String?]) -> [Int] {
        isOn(values) ? [] : fields.filter { values[$0]?.isEmpty == false }
    }

    /// The day on which a known record says that its trial began; nil where it says nothing.
    package func begin(_ record: KnownRecord) -> CivilDate? {
        begins.flatMap { record.values[$0] }.flatMap(CivilDate.init(iso:))
    }

    /// The day that is given, else so many days from a start; nil: not known.
    package func day(from start: CivilDate?, _ value: (_ field: Int) -> String) -> CivilDate? {
        if let ends, let day = CivilDate(iso: value(ends)) { return day }
        guard let start, let count = days.flatMap({ Int(value($0)) }) ?? daysSet, count > 0 else {
            return nil
        }
        return start.adding(days: count)
    }

    /// The day on which the trial of a known record ends; nil for one that is on none, or where
    /// nobody knows.
    ///
    /// - Parameter start: the day on which the record came, where it does not say itself.
    package func day(ofRecord values: [String?], from start: CivilDate?) -> CivilDate? {
        guard isOn(values) else { return nil }
        let value = { (field: Int) in values[field] ?? "" }
        let begun = begins.flatMap { CivilDate(iso: value($0)) }
        return day(from: begun ?? start, value)
    }

    /// Where every record stands whose trial ends on one of some days, among others; nil where each
    /// says itself how long it lasts.
    package func spans(from first: CivilDate, to last: CivilDate) -> [DaySpan]? {
        if days != nil { return nil }
        var spans: [DaySpan] = []
        if let endIndex { spans.append(DaySpan(index: endIndex, first: first, last: last)) }
        guard let count = daysSet, count > 0, let first = first.adding(days: -count),
            let last = last.adding(days: -count)
        else { return spans }
        if let beginIndex { spans.append(DaySpan(index: beginIndex, first: first, last: last)) }
        return spans + [DaySpan(index: nil, first: first, last: last)]
    }
}
