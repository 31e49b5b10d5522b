import Portals
import Spreadsheet

// Reading cells.
extension Judging {
    /// The rows of the sheet that are judged.
    var rows: JudgedRows { store.sheets[sheet].judgedRows }

    /// The rows whose value in a field is well formed and of some kind.
    ///
    /// - Parameter isOdd: says so of a trimmed text; asked once of each text of the column.
    func wellFormedRows(
        _ field: Int, where isOdd: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> [Int] {
        guard let column = store.sheets[sheet].column(ofField: field) else { return [] }
        let cells = store.sheets[sheet].columns[column]
        let forms = forms[field]
        var answers = TextAnswers(of: store.texts)
        var rows: [Int] = []
        for row in forms.indices where forms[row] == .wellFormed {
            // Of numbers their digits are asked about, which are not their text.
            let holds =
                cells.isText(row)
                ? answers.holds(for: cells.textIDs[row]) { isOdd(Trimming.trimmed($0)) }
                : CellText.with(cells[row], in: store.texts, isOdd)
            if holds { rows.append(row) }
        }
        return rows
    }

    @inline(__always)
    func form(_ row: Int, _ field: Int) -> CellForm { forms[field][row] }

    @inline(__always)
    func isWellFormed(_ fields: [Int], _ row: Int) -> Bool {
        for field in fields where forms[field][row] != .wellFormed { return false }
        return true
    }

    /// The same where some of the fields may be blank, but not all of them.
    func isWellFormed(_ fields: [Int], _ row: Int, mayBeBlank: [Int]) -> Bool {
        if mayBeBlank.isEmpty { return isWellFormed(fields, row) }
        var isAny = false
        for field in fields {
            switch forms[field][row] {
            case .wellFormed: isAny = true
            case .blank where mayBeBlank.contains(field): continue
            default: return false
            }
        }
        return isAny
    }

    mutating func setForm(_ form: CellForm, _ row: Int, _ field: Int) {
        forms[field][row] = form
        fieldsFormed.insert(field)
    }

    mutating func setForms(_ forms: CellForms, _ field: Int) {
        self.forms[field] = forms
        fieldsFormed.insert(field)
    }

    @inline(__always)
    func cell(_ row: Int, _ field: Int) -> StoredCell { column(sheet: sheet, field: field)[row] }

    /// Hands out the trimmed text of a cell.
    @inline(__always)
    func withText<Result>(
        _ row: Int, _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        column(sheet: sheet, field: field).withText(row, body)
    }

    func text(_ row: Int, _ field: Int) -> String {
        withText(row, field) { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a well-formed cell in the portal's words.
    func value(_ row: Int, _ field: Int) -> String {
        if types[field].hasNormalText {
            return TypedText.normal(of: cell(row, field), in: store, types[field])
                ?? text(row, field)
        }
        switch replacement(row, field)?.source {
        case .text(let text): return text
        case .field(let other): return text(row, other)
        case nil: return text(row, field)
        }
    }

    /// Hands out the value of a well-formed cell: mostly its text.
    ///
    /// - Parameter sheet: the one being judged.
    @inline(__always)
    func withValue<Result>(
        _ row: Int, _ field: Int, of sheet: SheetStore,
        _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        guard types[field].hasNormalText || replacement(row, field) != nil else {
            return CellText.with(sheet.cell(row: row, field: field), in: store.texts, body)
        }
        var value = value(row, field)
        return value.withUTF8(body)
    }

    private func replacement(_ row: Int, _ field: Int) -> Replacement? {
        replacements.first { $0.sheet == sheet && $0.field == field && $0.rows.contains(row) }
    }

    /// Whether a row certainly asks for this.
    func asks(_ row: Int, for action: Action) -> Bool {
        actions[sheet][row] == action && !unreadActions[sheet].contains(row)
    }

    /// Whether a rule with this condition speaks about a row.
    @inline(__always)
    func applies(_ condition: RowCondition?, _ row: Int) -> Bool {
        guard let condition else { return true }
        if let answer = condition.answer(for: actions[sheet][row]) { return answer }
        // What is wrong already says nothing about other cells.
        for field in condition.fields where forms[field][row] == .malformed { return false }
        return condition.holds(row, of: sheet, in: self)
    }
}
