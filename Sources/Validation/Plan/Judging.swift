import Catalogue
import Portals
import Spreadsheet
import Threads

/// One judgement in the making: the store, what is known, and what has been found so far.
///
/// Rules are handed this one column (or sheet) at a time. They read cells, ask whether a value is
/// well formed, and report. Everything about order, folding and states is decided in `verdicts()`.
///
/// A sheet is judged in stages. Those who judge within a stage don't see what the others of it
/// find, so they judge at the same time: see `atOnce`.
struct Judging: Sendable {
    let plan: ValidationPlan
    let store: RowStore
    let known: Known
    private let threadCount: Int

    /// The sheet being judged: position in the store.
    private(set) var sheet = 0
    // Borrowed, not copied: rules ask for it a row.
    var sheetStore: SheetStore { _read { yield store.sheets[sheet] } }
    var sheetDefinition: SheetDefinition { plan.definition.sheets[definitionIndex] }
    var sheetPlan: SheetPlan { plan.sheets[definitionIndex] }
    private var definitionIndex: Int { store.sheets[sheet].definitionIndex }

    /// By field of the sheet being judged, what the cell of each row is.
    private(set) var forms: [[CellForm]] = []
    /// Fields whose forms were set by whoever judges at the same time as others.
    private var fieldsFormed: Set<Int> = []
    /// The types of its fields.
    private(set) var types: [FieldType] = []
    /// For its fields, what finds the names somebody meant.
    private var nameSuggestions: [Int: NameSuggestion?] = [:]
    var actions: [[Action]] = []
    /// Rows whose action cannot be read: what they ask for is not judged.
    var unreadActions: [RowSet] = []
    var changes: [Place: [Int]] = [:]
    var replacements: [Replacement] = []
    /// Rows whose record is known already with the same data.
    var unchanged: [RowSet] = []
    private(set) var rejected: [RowSet] = []
    private var findings: [Finding] = []
    private var details: [FindingDetail] = []
    private var folded = FoldedFindings()
    /// Suggestions made so far, by sheet and field, then by value; nil where there is none to make.
    private var suggestions: [Place: [String: String?]] = [:]

    init(plan: ValidationPlan, store: RowStore, known: Known, threadCount: Int) {
        self.plan = plan
        self.store = store
        self.known = known
        self.threadCount = threadCount
    }

    mutating func judge(sheet index: Int) {
        sheet = index
        let rowCount = sheetStore.rowCount
        let fields = sheetDefinition.fields
        let rules = sheetPlan
        forms = fields.map { _ in Array(repeating: .blank, count: rowCount) }
        types = rules.types
        nameSuggestions = [:]
        actions.append(Array(repeating: .create, count: rowCount))
        unreadActions.append(RowSet())
        rejected.append(RowSet())
        unchanged.append(RowSet())

        ActionColumn(sheetDefinition).read(&self)
        atOnce(
            fields.indices.map { field in
                { judging in
                    FormJudge(field, judging).judge(&judging)
                    rules.judge(field: field, in: .form, &judging)
                }
            })
        atOnce(
            rules.judges(ofFieldsIn: .meaning)
                + [KeyUniqueness(fields: rules.keyFields).judge]
                + rules.sheetRules.map { rule in { rule.judge(&$0) } })
        atOnce(rules.judges(ofFieldsIn: .comparison))
        for rule in rules.sheetRules { rule.judgeAgainstKnown(&self) }
        KnownMatching(keyFields: rules.keyFields).judge(&self)
        atOnce(rules.judges(ofFieldsIn: .accepted))
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

// Judging at the same time.
extension Judging {
    typealias Judge = @Sendable (inout Judging) -> Void

    /// Lets several judge at once. Each begins with what was found before all of them, and what
    /// they find is taken in their order: so it does not depend on how many threads there are.
    private mutating func atOnce(_ judges: [Judge]) {
        var start = self
        start.findings = []
        start.details = []
        start.folded = FoldedFindings()
        start.fieldsFormed = []
        let work = OrderedWork(threadCount: threadCount) { [start] (judge: Judge) in
            var judging = start
            judge(&judging)
            return judging
        }
        for judge in judges { work.submit(judge) }
        while let other = work.next() { take(other) }
    }

    /// Adds what somebody else found who began where this one stood.
    private mutating func take(_ other: Judging) {
        for field in other.fieldsFormed { forms[field] = other.forms[field] }
        rejected[sheet].formUnion(other.rejected[sheet])
        for replacement in other.replacements { replace(replacement) }
        suggestions.merge(other.suggestions) { $0.count < $1.count ? $1 : $0 }
        nameSuggestions.merge(other.nameSuggestions) { made, _ in made }
        for var finding in other.findings {
            finding.detailIndex = finding.detailIndex.map { details.count + $0 }
            findings.append(finding)
        }
        details += other.details
        folded.add(other.folded)
    }
}

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

    mutating func setForm(_ form: CellForm, _ row: Int, _ field: Int) {
        forms[field][row] = form
        fieldsFormed.insert(field)
    }

    mutating func setForms(_ forms: [CellForm], _ field: Int) {
        self.forms[field] = forms
        fieldsFormed.insert(field)
    }

    @inline(__always)
    func cell(_ row: Int, _ field: Int) -> StoredCell {
        store.sheets[sheet].cell(row: row, field: field)
    }

    /// Hands out the trimmed text of a cell.
    @inline(__always)
    func withText<Result>(
        _ row: Int, _ field: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        CellText.with(cell(row, field), in: store.texts, body)
    }

    func text(_ row: Int, _ field: Int) -> String {
        withText(row, field) { String(decoding: $0, as: UTF8.self) }
    }

    /// The value of a well-formed cell in the portal's words.
    func value(_ row: Int, _ field: Int) -> String {
        let replacement = replacements.first {
            $0.sheet == sheet && $0.field == field && $0.rows.contains(row)
        }
        switch replacement?.source {
        case .text(let text): return text
        case .field(let other): return text(row, other)
        case nil: return text(row, field)
        }
    }

    /// Whether a row certainly asks for this.
    func asks(_ row: Int, for action: Action) -> Bool {
        actions[sheet][row] == action && !unreadActions[sheet].contains(row)
    }

    /// Whether a rule with this condition speaks about a row.
    @inline(__always)
    func applies(_ condition: RowCondition?, _ row: Int) -> Bool {
        guard let condition else { return true }
        return condition.holds(
            row, of: sheet, in: store, for: actions[sheet][row], known.settings)
    }
}

// Reporting.
extension Judging {
    /// Reports about a cell or, without a field, a row. Warnings and notes down a column become
    /// one.
    ///
    /// - Parameter group: tells apart warnings of one column that are not the same: a package's
    ///   name.
    mutating func report(
        _ code: Code, _ row: Int, _ field: Int? = nil, by rule: RuleDefinition? = nil,
        detail: @autoclosure () -> FindingDetail? = nil, group: String = ""
    ) {
        let severity = rule?.severity(of: code) ?? code.severity
        let place = Place(sheet: sheet, row: row, field: field)
        guard severity == .error else {
            folded.add(code, severity, place, Self.detail(detail(), by: rule), group: group)
            return
        }
        rejected[sheet].insert(row)
        var finding = Finding(code: code, severity: severity, place: place)
        if let detail = Self.detail(detail(), by: rule) {
            finding.detailIndex = details.count
            details.append(detail)
        }
        findings.append(finding)
    }

    /// Reports the same about several rows, which come from the top down.
    mutating func report(
        _ code: Code, _ rows: [Int], _ field: Int, by rule: RuleDefinition,
        detail: FindingDetail, group: String
    ) {
        let severity = rule.severity(of: code)
        guard severity != .error else {
            for row in rows { report(code, row, field, by: rule, detail: detail) }
            return
        }
        let first = rows.prefix(FindingDetail.relatedMax)
        for row in first {
            let place = Place(sheet: sheet, row: row, field: field)
            let position = folded.add(
                code, severity, place, Self.detail(detail, by: rule), group: group)
            if row == first.last { folded.count(rows.count - first.count, at: position) }
        }
    }

    private static func detail(
        _ detail: FindingDetail?, by rule: RuleDefinition?
    ) -> FindingDetail? {
        guard let words = rule.flatMap(RuleReference.init) else { return detail }
        var detail = detail ?? FindingDetail()
        detail.rule = words
        return detail
    }

    /// Reports about a whole column.
    mutating func report(_ code: Code, ofColumn field: Int, detail: FindingDetail) {
        folded.add(code, code.severity, Place(sheet: sheet, field: field), detail, group: "")
    }

    /// Reports about the file, once.
    mutating func reportOfFile(_ code: Code) {
        folded.add(code, code.severity, Place(), nil, group: "")
    }

    /// What finds the names of a list that somebody meant in a column; nil when it has no list.
    mutating func nameSuggestion(_ field: Int) -> NameSuggestion? {
        if let made = nameSuggestions[field] { return made }
        let made = NameSuggestion(self, field: field)
        nameSuggestions.updateValue(made, forKey: field)
        return made
    }

    /// What has been suggested for the value of a cell.
    func suggestionMade(_ row: Int, _ field: Int) -> String? {
        suggestions[Place(sheet: sheet, field: field)]?[text(row, field)] ?? nil
    }

    /// What to suggest for the value of a cell, made once for each of the column's values at fault
    /// and only for so many of them; nothing for a very long one.
    mutating func suggestion(_ row: Int, _ field: Int, _ make: (String) -> String?) -> String? {
        guard withText(row, field, { $0.count <= ValidationPlan.suggestionSizeMax }) else {
            return nil
        }
        let column = Place(sheet: sheet, field: field)
        let value = text(row, field)
        if let made = suggestions[column]?[value] { return made }
        guard suggestions[column, default: [:]].count < ValidationPlan.suggestionCountMax else {
            return nil
        }
        let made = make(value)
        suggestions[column, default: [:]].updateValue(made, forKey: value)
        return made
    }
}
