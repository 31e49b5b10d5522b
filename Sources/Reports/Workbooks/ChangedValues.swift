import Portals
import Spreadsheet
import Validation

/// One value that is handed on other than it came.
struct ChangedValue {
    enum Reason {
        /// Nothing stood there; nil: it was not taken from another field.
        case filled(from: Int?)
        case trimmed
        /// A word of a list in the list's own form.
        case choice
        /// A number in a column of texts.
        case number
        /// The name of something that another row of the workbook renames.
        case renamed
        /// A suggestion somebody accepted.
        case taken
        /// Mended after the workbook was read.
        case corrected
    }

    var sheet: Int
    var row: Int
    var field: Int
    var was: String
    var now: String
    var reason: Reason
}

/// Every value of accepted rows that is handed on other than it came, in the order of the workbook;
/// and every suggestion that was taken, every cell that was mended and every name that a rename
/// carried along, whatever became of its row.
struct ChangedValues: Sequence, IteratorProtocol {
    private let records: RecordValues
    private let taken: [Place: TakenSuggestion]
    private var sheet = 0
    private var row = 0
    private var field = 0

    init(_ records: RecordValues) {
        self.records = records
        taken = Dictionary(
            records.store.taken.map {
                (Place(sheet: $0.sheet, row: $0.row, field: $0.field), $0)
            },
            uniquingKeysWith: { first, last in
                TakenSuggestion(
                    sheet: first.sheet, row: first.row, field: first.field, was: first.was,
                    now: last.now, isCorrection: last.isCorrection)
            })
    }

    /// - Complexity: O(cells) for all together; a text is made only of what changed.
    mutating func next() -> ChangedValue? {
        while sheet < records.store.sheets.count {
            let store = records.store.sheets[sheet]
            while row < store.rowCount {
                while field < store.fieldCount {
                    defer { field += 1 }
                    if let change = change() { return change }
                }
                (row, field) = (row + 1, 0)
            }
            (sheet, row, field) = (sheet + 1, 0, 0)
        }
        return nil
    }

    private func change() -> ChangedValue? {
        if !taken.isEmpty, let taken = taken[Place(sheet: sheet, row: row, field: field)] {
            let now = isAccepted ? text : taken.now
            return changed(was: taken.was, now: now, taken.isCorrection ? .corrected : .taken)
        }
        if isNotTaken { return nil }
        guard isAccepted || isRenamed, !records.isAsItCame(sheet: sheet, row: row, field: field)
        else {
            return nil
        }
        let was = records.storeAsItCame.text(sheet: sheet, row: row, field: field)
        return changed(was: was, now: text, reason(was))
    }

    /// Whether it says the new name of something, which even what goes back does.
    private var isRenamed: Bool {
        !records.isJudgedAsItCame
            && records.storeAsItCame.sheets[sheet].cell(row: row, field: field)
                != records.store.sheets[sheet].cell(row: row, field: field)
    }

    /// Whether it takes no effect, so that nothing is handed on.
    private var isNotTaken: Bool {
        !records.isJudgedAsItCame
            && records.store.sheets[sheet].cell(row: row, field: field).kind == .blank
            && records.storeAsItCame.sheets[sheet].cell(row: row, field: field).kind != .blank
    }

    private var isAccepted: Bool { records.verdicts.states[sheet][row] == .accepted }

    private var text: String { records.text(sheet: sheet, row: row, field: field) }

    private func changed(
        was: String, now: String, _ reason: ChangedValue.Reason
    ) -> ChangedValue {
        ChangedValue(
            sheet: sheet, row: row, field: field, was: was, now: now, reason: reason)
    }

    private func reason(_ was: String) -> ChangedValue.Reason {
        let trimmed = Trimming.trimmed(was)
        if trimmed.isEmpty { return text.isEmpty ? .trimmed : .filled(from: source) }
        if trimmed.utf8.elementsEqual(text.utf8) { return .trimmed }
        let cell = records.storeAsItCame.sheets[sheet].cell(row: row, field: field)
        if isRenamed { return .renamed }
        return cell.kind == .number ? .number : .choice
    }

    /// The field that this one must equal.
    private var source: Int? {
        let store = records.store.sheets[sheet]
        let definition = records.definition.sheets[store.definitionIndex]
        return definition.equalities.first { $0.field == field }?.other
    }
}
