import Catalogue
import Portals
import Spreadsheet

/// One judgement in the making: the store, what is known, and what has been found so far.
///
/// Rules are handed this one column (or sheet) at a time. They read cells, ask whether a value is
/// well formed, and report. Everything about order, folding and states is decided in `verdicts()`.
///
/// Rows are judged in stages, each for one sheet after the other: what a cell is, what it refers
/// to, what it means, what is known. Those who judge within a stage don't see what the others of it
/// find, so they judge at the same time: see `atOnce`.
struct Judging: Sendable, RowFacts {
    let plan: ValidationPlan
    private(set) var store: RowStore
    private(set) var known: Known
    let threadCount: Int
    /// By sheet of the store, then by field.
    private var columns: [[CellColumn]]
    /// What refers to what; nothing before the forms of all cells are known.
    var links = RecordLinks()
    /// What rows rename; nil for nothing.
    private(set) var renames: Renames?
    /// The store without values that take no effect; nil where there are none.
    private var storeAsTaken: RowStore?

    /// The sheet being judged: position in the store.
    private(set) var sheet = 0
    // Borrowed, not copied: rules ask for it a row.
    var sheetStore: SheetStore { _read { yield store.sheets[sheet] } }
    var sheetDefinition: SheetDefinition { definition(ofSheet: sheet) }
    var sheetPlan: SheetPlan { plan(ofSheet: sheet) }
    var settings: Settings { known.settings }
    var directories: [String: Directory] { known.directories }

    /// By field of the sheet being judged, what the cell of each row is.
    var forms: [CellForms] = []
    /// The same of the other sheets, by position in the store; empty for the one being judged.
    private var formsOfOthers: [[CellForms]]
    /// Fields whose forms were set by whoever judges at the same time as others.
    var fieldsFormed: Set<Int> = []
    /// The types of the fields of the sheet being judged.
    private(set) var types: [FieldType] = []
    /// Set while a rule judges that asks about nothing but what a row itself says.
    var looksAtRowsAlone = false
    /// Set while all is judged again without the rows that are sent back.
    var again: JudgingAgain?
    /// Set while what is only pointed out is judged once more.
    var remarks: Remarks?
    /// Children counted so far, by sheet of the Definition and field.
    var children: [Place: Children] = [:]
    /// What finds the names somebody meant, by sheet and field.
    var nameSuggestions: [Place: NameSuggestion?] = [:]
    var actions: [[Action]]
    /// Rows whose action cannot be read: what they ask for is not judged.
    var unreadActions: [RowSet]
    var changes: [Place: [Int]] = [:]
    var waits: [Place: [String: String]] = [:]
    /// By row, what it gets that another one gives up.
    var handovers: [Place: [Handover]] = [:]
    var replacements: [Replacement] = []
    /// Cells that are judged once it is known whether anything may stand there.
    var oddChoices: [OddChoice] = []
    /// Rows whose record is known already with the same data.
    var unchanged: [RowSet]
    var rejected: [RowSet]
    var findings: [Finding] = []
    var details: [FindingDetail] = []
    var folded = FoldedFindings()
    /// Suggestions made so far, by sheet and field, then by value; nil where there is none to make.
    var suggestions: [Place: [String: String?]] = [:]

    init(plan: ValidationPlan, store: RowStore, known: Known, threadCount: Int) {
        self.plan = plan
        self.store = store
        self.known = known
        self.threadCount = threadCount
        columns = CellColumn.all(of: store)
        actions = store.sheets.map { sheet in
            let blank = plan.definition.sheets[sheet.definitionIndex].actionOfBlank
            return Array(repeating: blank ?? .create, count: sheet.rowCount)
        }
        formsOfOthers = store.sheets.map { sheet in
            let count = plan.definition.sheets[sheet.definitionIndex].fields.count
            return Array(repeating: CellForms(count: sheet.rowCount), count: count)
        }
        let none = store.sheets.map { _ in RowSet() }
        (unreadActions, unchanged, rejected) = (none, none, none)
    }

    /// Judges every sheet by every rule.
    mutating func judge() {
        forEachSheet { judging, rules in
            ActionColumn(judging.sheetDefinition).read(&judging)
            for row in judging.rows where judging.sheetStore.isCrossedOut(row) {
                judging.report(.rowCrossedOut, row)
            }
            let fields = judging.sheetDefinition.fields.indices
            judging.atOnce(
                fields.map { field in { FormJudge(field, $0).judge(&$0) } })
        }
        carryOutRenames()
        var resolution = LinkResolution(plan.definition, store, known, renames)
        resolution.findRecords()
        links = resolution.links
        emptyWhatIsNotTaken()
        if let storeAsTaken { resolution.store = storeAsTaken }
        links = resolution.resolved()
        links.gather(FellowRows(self).groups)
        forEachSheet { judging, rules in
            judging.atOnce(rules.judges(ofFieldsIn: .form))
            OddChoice.judge(&judging)
            // What takes longest comes first, so that no thread ends long after the others.
            judging.atOnce(
                [KeyUniqueness(fields: rules.keyFields).judge]
                    + rules.judges(ofFieldsIn: .meaning)
                    + rules.sheetRules.map { rule in { rule.judge(&$0) } })
            judging.atOnce(rules.judges(ofFieldsIn: .comparison))
        }
        judgeAcrossSheets()
        let asked = actions
        forEachSheet { judging, rules in
            judging.atOnce(rules.judges(ofFieldsIn: .parents))
            for rule in rules.sheetRules { rule.judgeAgainstKnown(&judging) }
            KnownMatching(keyFields: rules.keyFields).judge(&judging)
        }
        Handovers().judge(&self)
        RejectedRows(asked, self).judge(&self)
        reportHolds()
        reportIntervals()
        forEachSheet { judging, rules in judging.atOnce(rules.judges(ofFieldsIn: .accepted)) }
    }

    /// What a row says that only does something with its record as that is, takes no effect:
    /// nothing is judged by it.
    private mutating func emptyWhatIsNotTaken() {
        var cells: [Place] = []
        forEachSheet { judging, _ in cells += UntakenValues().found(&judging) }
        if cells.isEmpty { return }
        for place in cells {
            guard let sheet = place.sheet, let row = place.row, let field = place.field,
                let column = store.sheets[sheet].column(ofField: field)
            else { continue }
            store.sheets[sheet].set(.blank, row: row, column: column)
        }
        storeAsTaken = store
        columns = CellColumn.all(of: store)
    }

    private mutating func carryOutRenames() {
        var resolution = RenameResolution(self)
        guard let renames = resolution?.resolved() else { return }
        self.renames = renames
        store = renames.store
        columns = CellColumn.all(of: store)
        known.records = renames.records
    }

    /// What must be settled before anything is sent on its way.
    private mutating func reportHolds() {
        for hold in plan.definition.holds(by: settings) {
            folded.add(
                .batchHeld, Code.batchHeld.severity, Place(),
                FindingDetail(rule: RuleReference(of: hold)), group: hold.id)
        }
    }

    /// Rules that compare sheets are asked whether the workbook has their own sheet or not: a
    /// company without any room is found by the rule of the rooms.
    mutating func judgeAcrossSheets(where isAsked: (any Rule) -> Bool = { _ in true }) {
        for (index, rules) in plan.sheets.enumerated() {
            if let position = position(ofDefinition: index) { enter(position) }
            for rule in rules.sheetRules where isAsked(rule) {
                again?.counted = rule.childrenCounted
                rule.judgeAcrossSheets(&self)
            }
        }
    }

    mutating func forEachSheet(_ body: (inout Judging, SheetPlan) -> Void) {
        for position in store.sheets.indices {
            enter(position)
            body(&self, sheetPlan)
        }
    }

    /// Goes on with another sheet.
    mutating func enter(_ position: Int) {
        if !forms.isEmpty { swap(&forms, &formsOfOthers[sheet]) }
        sheet = position
        swap(&forms, &formsOfOthers[position])
        types = sheetPlan.types
    }

    /// Findings in order, states and all that was decided.
    func verdicts() -> Verdicts {
        var verdicts = Verdicts(
            findings: findings, details: details, states: states(), actions: actions,
            changes: changes, waits: waits, handovers: handovers, replacements: replacements,
            links: links, storeAsTaken: storeAsTaken ?? renames?.store,
            storeAfterRenames: renames?.store, renameGrounds: renames?.grounds ?? [:])
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

// The sheets beside the one being judged.
extension Judging {
    func definition(ofSheet position: Int) -> SheetDefinition {
        plan.definition.sheets[store.sheets[position].definitionIndex]
    }

    /// - Parameter position: of a sheet in the store.
    func plan(ofSheet position: Int) -> SheetPlan {
        plan.sheets[store.sheets[position].definitionIndex]
    }

    /// Position in the store of a sheet of the Definition; nil when the workbook lacks it.
    func position(ofDefinition index: Int) -> Int? {
        store.sheets.firstIndex { $0.definitionIndex == index }
    }

    /// What the cell of any sheet is.
    func form(_ row: Int, _ field: Int, ofSheet position: Int) -> CellForm {
        position == sheet ? forms[field][row] : formsOfOthers[position][field][row]
    }

    func column(sheet: Int, field: Int) -> CellColumn { columns[sheet][field] }

    func action(sheet: Int, row: Int) -> Action { actions[sheet][row] }
}
