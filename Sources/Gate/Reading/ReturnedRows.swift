import Portals
import Spreadsheet
import Validation

/// What Rowgate's own columns say in a workbook that comes back: which row each one was, and which
/// suggestions somebody took.
struct ReturnedRows {
    private struct Row {
        var key: RowKey?
        var originalRowNumber: Int?
        var usesSuggestions = false
        /// By field.
        var suggestions: [Int: String] = [:]
    }

    private var rows: [Int: Row] = [:]

    mutating func add(_ meaning: HeaderMeaning, _ text: String, row: Int) {
        if text.isEmpty { return }
        switch meaning {
        case .own(.rowKey): rows[row, default: Row()].key = RowKey(text)
        case .own(.originalRow): rows[row, default: Row()].originalRowNumber = Int(text)
        case .own(.useSuggestions):
            rows[row, default: Row()].usesSuggestions = YesNoText.value(of: text) == true
        case .suggestion(let field): rows[row, default: Row()].suggestions[field] = text
        case .own, .field, .extra: break
        }
    }

    /// Sets original row numbers and puts accepted suggestions in place of what stands in the
    /// cells.
    ///
    /// What a person typed since wins over a suggestion; a suggestion carries over to the fields
    /// that must equal its field.
    func apply(
        _ answers: SummaryAnswers?, to sheet: inout SheetStore, at position: Int,
        of definition: SheetDefinition, _ store: inout RowStore
    ) {
        for (row, returned) in rows.sorted(by: { $0.key < $1.key }) {
            let number = returned.key?.originalRowNumber ?? returned.originalRowNumber
            if let number, 1...GridLimits.rowCountMax ~= number {
                sheet.setOriginalRowNumber(UInt32(clamping: number), row: row)
            }
        }
        if rows.isEmpty && answers?.isEmpty ?? true { return }
        var taking = SuggestionTaking(sheet: sheet, position: position, definition: definition)
        for row in 0..<sheet.rowCount {
            let returned = rows[row]
            var values: [Int: String] = [:]
            if let returned, returned.usesSuggestions {
                values = returned.suggestions.filter { field, _ in
                    taking.isUntouched(field, row, returned.key, store)
                }
            }
            for field in definition.fields.indices where values[field] == nil {
                let text = Trimming.trimmed(taking.text(field, row, store))
                values[field] = answers?.value(
                    sheet: definition.id, field: definition.fields[field].id, for: text)
            }
            taking.take(values, row, returned?.key, &store)
        }
        sheet = taking.sheet
    }
}

/// Puts taken suggestions into a sheet.
private struct SuggestionTaking {
    var sheet: SheetStore
    let position: Int
    let definition: SheetDefinition

    func text(_ field: Int, _ row: Int, _ store: RowStore) -> String {
        store.text(of: sheet.cell(row: row, field: field))
    }

    /// Whether a cell still has what stood there when the suggestion was made.
    func isUntouched(_ field: Int, _ row: Int, _ key: RowKey?, _ store: RowStore) -> Bool {
        guard let key else { return true }
        return key.stillHas(text(field, row, store), field: definition.fields[field].id)
    }

    mutating func take(_ values: [Int: String], _ row: Int, _ key: RowKey?, _ store: inout RowStore)
    {
        var values = values
        for (field, other) in definition.equalities {
            guard let now = values[other] else { continue }
            let text = text(field, row, store)
            let wasEqual = Trimming.trimmed(text) == Trimming.trimmed(self.text(other, row, store))
            let hadSuggestion = key?.stillHas(text, field: definition.fields[field].id) ?? false
            if wasEqual || hadSuggestion { values[field] = now }
        }
        for (field, now) in values.sorted(by: { $0.key < $1.key }) { put(now, field, row, &store) }
    }

    private mutating func put(_ now: String, _ field: Int, _ row: Int, _ store: inout RowStore) {
        let was = text(field, row, store)
        guard was != now, let column = sheet.column(ofField: field),
            let id = store.texts.append(now)
        else { return }
        sheet.set(StoredCell(kind: .text, textID: id), row: row, column: column)
        store.taken.append(
            TakenSuggestion(sheet: position, row: row, field: field, was: was, now: now))
    }
}
