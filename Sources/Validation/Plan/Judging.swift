import Catalogue
import Portals
import Spreadsheet

/// One judgement in the making: the store, what is known, and what has been found so far.
///
/// Rules are handed this one column (or sheet) at a time. They read cells, ask whether a value is well
/// formed, and report. Everything about order, folding and states is decided in `verdicts()`.
struct Judging {
    let plan: ValidationPlan
    let store: RowStore
    let known: Known

    /// The sheet being judged: position in the store.
    private(set) var sheet = 0
    var sheetStore: SheetStore { store.sheets[sheet] }
    var sheetDefinition: SheetDefinition {
        plan.definition.sheets[store.sheets[sheet].definitionIndex]
    }

    /// Per sheet and field, what the cell of each row is.
    private(set) var forms: [[[CellForm]]] = []
    var actions: [[Action]] = []
    var changes: [Place: [Int]] = [:]
    var replacements: [Replacement] = []
    /// Rows whose record is known already with the same data.
    var unchanged: [RowSet] = []
    private(set) var rejected: [RowSet] = []
    private var findings: [Finding] = []
    private var details: [FindingDetail] = []
    private var folded = FoldedFindings()
    /// Suggestions made so far, by sheet and field: only so many different values get one.
    private var suggestionCounts: [Place: Int] = [:]

    init(plan: ValidationPlan, store: RowStore, known: Known) {
        self.plan = plan
        self.store = store
        self.known = known
    }

    mutating func judge(sheet index: Int) {
        sheet = index
        let rowCount = sheetStore.rowCount
        let fields = sheetDefinition.fields
        let rules = plan.sheets[sheetStore.definitionIndex]
        forms.append(fields.map { _ in Array(repeating: .blank, count: rowCount) })
        actions.append(Array(repeating: .create, count: rowCount))
        rejected.append(RowSet())
        unchanged.append(RowSet())

        ActionColumn.read(&self)
        for field in fields.indices {
            FormJudge(field: fields[field], index: field, known: known).judge(&self)
            judge(rules.fieldRules[field], field: field, in: .form)
        }
        for field in fields.indices { judge(rules.fieldRules[field], field: field, in: .meaning) }
        KeyUniqueness(fields: rules.keyFields).judge(&self)
        for rule in rules.sheetRules { rule.judge(&self) }
        KnownMatching(keyFields: rules.keyFields).judge(&self)
        for field in fields.indices { judge(rules.fieldRules[field], field: field, in: .accepted) }
    }

    private mutating func judge(_ rules: [any FieldRule], field: Int, in phase: RulePhase) {
        for rule in rules where type(of: rule).phase == phase { rule.judge(field: field, &self) }
    }

    /// Findings in order, states and all that was decided.
    func verdicts() -> Verdicts {
        var verdicts = Verdicts(
            findings: findings, details: details, states: states(), actions: actions,
            changes: changes, replacements: replacements)
        folded.append(to: &verdicts)
        FindingOrder(store: store).sort(&verdicts.findings)
        return verdicts
    }

    private func states() -> [[RowState]] {
        store.sheets.indices.map { sheet in
            (0..<store.sheets[sheet].rowCount).map { row in
                if store.sheets[sheet].isLeftOut(row) { return .leftOut }
                if rejected[sheet].contains(row) { return .rejected }
                return unchanged[sheet].contains(row) ? .unchanged : .accepted
            }
        }
    }
}

// Reading cells.
extension Judging {
    /// The rows of the sheet that are judged.
    var rows: some Sequence<Int> {
        let sheetStore = self.sheetStore
        return (0..<sheetStore.rowCount).lazy.filter { !sheetStore.isLeftOut($0) }
    }

    @inline(__always)
    func form(_ row: Int, _ field: Int) -> CellForm { forms[sheet][field][row] }

    mutating func setForm(_ form: CellForm, _ row: Int, _ field: Int) {
        forms[sheet][field][row] = form
    }

    /// Hands out the trimmed text of a well-formed cell.
    @inline(__always)
    func withText<Result>(
        _ row: Int, _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        CellText.with(store.sheets[sheet].cell(row: row, field: field), in: store.texts, body)
    }

    func text(_ row: Int, _ field: Int) -> String {
        withText(row, field) { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether a rule with this condition speaks about a row.
    func applies(_ condition: Condition?, _ row: Int) -> Bool {
        guard let condition else { return true }
        return ConditionTest(
            store: store, sheet: sheet, sheetDefinition: sheetDefinition,
            settings: known.settings, action: actions[sheet][row]
        ).holds(condition, row: row)
    }
}

// Reporting.
extension Judging {
    /// Reports about a cell or, without a field, a row. Warnings and notes down a column become one.
    ///
    /// - Parameter group: tells apart warnings of one column that are not the same: a package's name.
    mutating func report(
        _ code: Code, _ row: Int, _ field: Int? = nil, by rule: RuleDefinition? = nil,
        detail: FindingDetail? = nil, group: String = ""
    ) {
        let severity = rule?.severity ?? code.severity
        var detail = detail
        if let rule, let words = RuleReference(rule) {
            detail = detail ?? FindingDetail()
            detail?.rule = words
        }
        let place = Place(sheet: sheet, row: row, field: field)
        guard severity == .error else {
            folded.add(code, severity, place, detail, group: group)
            return
        }
        rejected[sheet].insert(row)
        var finding = Finding(code: code, severity: severity, place: place)
        if let detail {
            finding.detailIndex = details.count
            details.append(detail)
        }
        findings.append(finding)
    }

    /// Reports about a sheet or the file.
    mutating func reportOnce(_ code: Code, field: Int? = nil, detail: FindingDetail? = nil) {
        folded.add(
            code, code.severity, Place(sheet: sheet, row: nil, field: field), detail, group: "")
    }

    /// Asks for a suggestion while there may be more of them.
    mutating func suggestion(forField field: Int, _ make: (Judging) -> String?) -> String? {
        let place = Place(sheet: sheet, field: field)
        guard suggestionCounts[place, default: 0] < ValidationPlan.suggestionCountMax else { return nil }
        suggestionCounts[place, default: 0] += 1
        return make(self)
    }
}
