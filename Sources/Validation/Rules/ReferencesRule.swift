import Catalogue
import Portals

/// `references {sheet, by, to, kind, wrongSheets}`: the cell names a row of another sheet in the
/// file, or a known record of it.
///
/// What it refers to was found before (`LinkResolution`); this says where nothing was found, or
/// something that will not do.
struct ReferencesRule: FieldRule {
    static let kind = Reference.kind
    static let parameters = ["sheet", "by", "to", "kind", "wrongSheets"]
    static let codeWords = ["unknown", "wrongKind", "unverified"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let by: [Int]
    /// Sheets whose rows are refused, by index in the Definition.
    private let wrongSheets: [Int]
    /// What a row referred to must be like, by index of its sheet.
    private let kinds: [Int: RowCondition]
    /// The titles of the sheets that are looked through.
    private let titles: [LocalizedText]

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        let sheets = try source.sheets("sheet")
        by = source.rule.parameters["by"] == nil ? [] : try source.fields("by")
        wrongSheets =
            source.rule.parameters["wrongSheets"] == nil
            ? [] : try source.sheets("wrongSheets")
        titles = sheets.map { source.definition.sheets[$0].title }
        var kinds: [Int: RowCondition] = [:]
        if let kind = source.rule.conditions["kind"] {
            for sheet in sheets {
                kinds[sheet] = RowCondition(
                    kind, of: source.definition.sheets[sheet], in: source.definition)
            }
        }
        self.kinds = kinds
    }

    func judge(field: Int, _ judging: inout Judging) {
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.isFilled(by, row)
            && judging.applies(condition, row)
        {
            let target = judging.links.target(sheet: judging.sheet, row: row, field: field)
            guard let target else {
                reportUnknown(row, field, &judging)
                continue
            }
            if !isRightKind(target, judging) {
                let detail = detail(target, judging)
                judging.report(
                    code("wrongKind", .referenceWrongKind), row, field, by: rule, detail: detail)
            } else if judging.takesAway(target), !judging.takesAway(.row(row, sheet: judging.sheet))
            {
                reportConflict(row, field, target, &judging)
            }
        }
    }

    /// With nothing known at all nobody can say that it does not exist.
    private func reportUnknown(_ row: Int, _ field: Int, _ judging: inout Judging) {
        guard judging.known.records != nil else {
            return judging.report(code("unverified", .referenceUnverified), row, field)
        }
        let names = titles.map { $0.text(in: "en") }.joined(separator: "\n")
        let detail = FindingDetail(arguments: ["sheet": names])
        judging.report(code("unknown", .referenceUnknown), row, field, by: rule, detail: detail)
    }

    private func isRightKind(_ target: LinkTarget, _ judging: Judging) -> Bool {
        let sheet = judging.definitionIndex(of: target)
        if wrongSheets.contains(sheet) { return false }
        return kinds[sheet]?.holds(target, in: judging) ?? true
    }

    /// A row cannot use what another row takes away: both are told.
    private func reportConflict(
        _ row: Int, _ field: Int, _ target: LinkTarget, _ judging: inout Judging
    ) {
        let own = Place(sheet: judging.sheet, row: row, field: field)
        let other = Place(
            sheet: target.sheet, row: target.index,
            field: judging.definition(ofSheet: target.sheet).keyFields.first)
        judging.report(
            .actionConflict, at: own, detail: FindingDetail(related: [other], relatedCount: 1))
        judging.report(
            .actionConflict, at: other, detail: FindingDetail(related: [own], relatedCount: 1))
    }

    /// Where it is, and of a wrong sheet which one.
    private func detail(_ target: LinkTarget, _ judging: Judging) -> FindingDetail {
        var detail = FindingDetail()
        let sheet = judging.definitionIndex(of: target)
        if wrongSheets.contains(sheet) {
            let title = judging.plan.definition.sheets[sheet].title.text(in: "en")
            detail.arguments["sheet"] = title
        }
        if !target.isKnown {
            detail.related = [Place(sheet: target.sheet, row: target.index)]
            detail.relatedCount = 1
        }
        return detail
    }

    private func code(_ word: String, _ fallback: Code) -> Code { rule.codes[word] ?? fallback }
}

extension Judging {
    /// Whether the cells that a reference is made of are all well formed.
    func isFilled(_ fields: [Int], _ row: Int) -> Bool {
        fields.allSatisfy { form(row, $0) == .wellFormed }
    }

    /// The sheet of what a row refers to, by its index in the Definition.
    func definitionIndex(of target: LinkTarget) -> Int {
        target.isKnown ? target.sheet : store.sheets[target.sheet].definitionIndex
    }

    /// Whether a row asks for its record, or its link, to be gone.
    func takesAway(_ target: LinkTarget) -> Bool {
        guard !target.isKnown else { return false }
        switch actions[target.sheet][target.index] {
        case .delete, .unlink: return true
        default: return false
        }
    }
}
