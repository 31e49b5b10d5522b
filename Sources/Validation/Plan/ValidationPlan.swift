package import Portals

/// The rules of a Definition, compiled once and judged many times.
///
/// ```swift
/// let plan = try ValidationPlan(for: definition)
/// let verdicts = plan.judge(store, against: known)
/// ```
package struct ValidationPlan: Sendable {
    /// Different values of a column that get a suggestion.
    package static let suggestionCountMax = 2_000
    /// Bytes of a value that gets one. The longest that hides an address or name is far shorter,
    /// and a small file can repeat a text of 32,767 characters in a million rows.
    static let suggestionSizeMax = 1_000

    /// How often sheets are judged again without the rows that are sent back. Each time all rows go
    /// that wait for those of the time before: honest workbooks need three or four.
    package static let againCountMax = 32

    package let definition: Definition
    let sheets: [SheetPlan]
    /// What known records are looked up by.
    package let recordIndexes: RecordIndexes

    /// - Throws: for a kind of rule that does not exist and for parameters that do not fit it:
    ///   `rule.unknown_kind`, `rule.parameter_unknown`, `rule.parameter_missing`,
    ///   `rule.value_unknown`, `rule.field_unknown`, `rule.directory_unknown`,
    ///   `rule.pattern_invalid`.
    package init(for definition: Definition) throws(DefinitionError) {
        self.definition = definition
        var sheets: [SheetPlan] = []
        for sheet in definition.sheets { sheets.append(try SheetPlan(sheet, in: definition)) }
        self.sheets = sheets
        recordIndexes = RecordIndexes(definition, sheets.flatMap(\.rules))
    }

    /// Judges every row: a state for each and all findings, in one pass.
    ///
    /// Same input, same findings. Nothing is thrown for data.
    /// - Parameter threadCount: threads at work, from 1; what is found does not depend on it.
    /// - Complexity: O(cells); memory for findings, a byte a cell, and some 32 bytes a row while a
    ///   unique column is judged.
    package func judge(
        _ store: RowStore, against known: Known, threadCount: Int = 1
    ) -> Verdicts {
        var known = known
        known.records = known.records?.shared(among: store, of: definition)
        var judging = Judging(
            plan: self, store: store, known: known, threadCount: threadCount)
        judging.judge()
        return judging.verdicts()
    }

    /// How many names of a list don't have the pattern of the fields that must be in it. They are
    /// kept all the same: the list knows better.
    package func misfitCount(in names: Directory, ofDirectory id: String) -> Int {
        let rules = sheets.flatMap(\.fieldRules).filter { rules in
            rules.contains { ($0 as? InDirectoryRule)?.directory == id }
        }.flatMap { $0.compactMap { $0 as? PatternRule } }
        // Sheets for the same names mostly have the same pattern.
        let patterns = Dictionary(
            rules.map { ($0.text, $0.pattern) }, uniquingKeysWith: { first, _ in first }
        ).values
        if patterns.isEmpty { return 0 }
        return (0..<names.count).count { position in
            names.withName(position) { name in patterns.contains { !$0.matches(name) } }
        }
    }

    /// What the live checks of a sheet's workbook can say, in the order in which they are said.
    package func liveChecks(ofSheet index: Int) -> [LiveCheck] {
        let sheet = sheets[index]
        let ofFields = sheet.fieldRules.enumerated().flatMap { field, rules in
            LiveCheck.form(of: definition.sheets[index].fields[field], at: field)
                + rules.compactMap { $0.liveCheck(field: field) }
        }
        let ofKey =
            sheet.keyFields.count == 1 ? [LiveCheck.duplicate(field: sheet.keyFields[0])] : []
        return ofFields + ofKey + sheet.sheetRules.compactMap { $0.liveCheck() }
    }
}

/// The compiled rules of one sheet.
struct SheetPlan: Sendable {
    let keyFields: [Int]
    /// Those of them that may be blank, where rows make no records.
    let optionalKey: [Int]
    let makesRecords: Bool
    /// By field index.
    let types: [FieldType]
    /// By field index, whether it refers to records.
    let refers: [Bool]
    /// By field index, the list whose lines it names, each by one name or another.
    let lineLists: [String?]
    /// By field index.
    let fieldRules: [[any FieldRule]]
    let sheetRules: [any SheetRule]

    init(
        _ sheet: SheetDefinition, in definition: Definition
    ) throws(DefinitionError) {
        keyFields = sheet.keyFields
        optionalKey =
            sheet.makesRecords ? [] : sheet.keyFields.filter { !sheet.fields[$0].isRequired }
        makesRecords = sheet.makesRecords
        types = sheet.fields.map(\.type)
        refers = sheet.fields.map { sheet.reference(ofField: $0.id) != nil }
        var fieldRules: [[any FieldRule]] = []
        for field in sheet.fields {
            var rules: [any FieldRule] = []
            for rule in field.rules {
                rules.append(
                    try RuleKinds.fieldRule(
                        rule, of: field, sheet: sheet, definition: definition))
            }
            fieldRules.append(rules)
        }
        self.fieldRules = fieldRules
        lineLists = fieldRules.map { rules in
            rules.lazy.compactMap { $0 as? InDirectoryRule }.first(where: \.isExactlyOne)?.directory
        }
        var sheetRules: [any SheetRule] = []
        for rule in sheet.rules {
            sheetRules.append(try RuleKinds.sheetRule(rule, sheet: sheet, definition: definition))
        }
        self.sheetRules = sheetRules
    }

    /// Those of its columns and its own.
    var rules: [any Rule] { fieldRules.flatMap { $0.map { $0 } } + sheetRules.map { $0 } }

    /// Judges one column by its rules of a phase.
    func judge(field: Int, in phase: RulePhase, _ judging: inout Judging) {
        for rule in fieldRules[field] where type(of: rule).phase == phase {
            judging.looksAtRowsAlone = phase != .form && !rule.readsOtherRows
            rule.judge(field: field, &judging)
        }
        judging.looksAtRowsAlone = false
    }

    /// Those who judge a column each; none for columns without a rule of the phase.
    func judges(ofFieldsIn phase: RulePhase) -> [Judging.Judge] {
        fieldRules.indices.filter { field in
            fieldRules[field].contains { type(of: $0).phase == phase }
        }.map { field in { judge(field: field, in: phase, &$0) } }
    }
}
