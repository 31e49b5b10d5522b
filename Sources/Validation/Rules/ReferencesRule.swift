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
    static let codeWords = ["unknown", "wrongKind", "unverified", "several"]
    static let phase = RulePhase.meaning
    let readsOtherRows = true

    /// What may be asked beside the end of what is referred to.
    private static let takingAway: [Action] = [.delete, .unlink]

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
        var lost: LostReferences?
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.isFilled(by, row)
            && judging.applies(condition, row)
        {
            let target = judging.links.target(sheet: judging.sheet, row: row, field: field)
            guard let target else {
                var made = lost ?? LostReferences(field: field, judging)
                reportLost(row, field, &made, &judging)
                lost = made
                continue
            }
            let meant = meant(row, field, judging)
            if meant.count > 1 {
                reportSeveral(row, field, meant, &judging)
            } else if !isRightKind(target, judging) {
                let detail = detail(target, judging)
                judging.report(
                    code("wrongKind", .referenceWrongKind), row, field, by: rule, detail: detail)
            } else if judging.takesAway(target),
                !Self.takingAway.contains(judging.actions[judging.sheet][row])
            {
                reportConflict(row, field, target, &judging)
            }
        }
    }

    /// All that a name may mean, each once; empty where it can mean one only.
    private func meant(_ row: Int, _ field: Int, _ judging: Judging) -> [LinkTarget] {
        if judging.links.several.isEmpty { return [] }
        let place = Place(sheet: judging.sheet, row: row, field: field)
        var seen: Set<[[UInt8]]> = []
        return (judging.links.several[place] ?? []).filter { target in
            if !target.isKnown && !judging.links.isStanding(target) { return false }
            let sheet = Array("\(judging.definitionIndex(of: target))".utf8)
            let key = key(of: target, judging).map { NameKey.bytes(of: $0) }
            return seen.insert([sheet] + key).inserted
        }
    }

    /// What tells a target from others, as it was typed.
    private func key(of target: LinkTarget, _ judging: Judging) -> [String] {
        let sheet = judging.plan.definition.sheets[judging.definitionIndex(of: target)]
        return sheet.keyFields.map { field in
            judging.withState(of: target, field: field) { String(decoding: $0, as: UTF8.self) }
        }
    }

    private func reportSeveral(
        _ row: Int, _ field: Int, _ meant: [LinkTarget], _ judging: inout Judging
    ) {
        let shown = meant.prefix(FindingDetail.relatedMax)
        let titles = Set(meant.map { judging.definitionIndex(of: $0) }).sorted().map {
            judging.plan.definition.sheets[$0].title.text(in: "en")
        }
        let rows = shown.filter { !$0.isKnown }.map { Place(sheet: $0.sheet, row: $0.index) }
        var detail = FindingDetail(related: rows, relatedCount: rows.count)
        detail.arguments["list"] = shown.map { key(of: $0, judging).joined(separator: ", ") }
            .joined(separator: "; ")
        detail.arguments["sheet"] = titles.joined(separator: "\n")
        judging.report(
            code("several", .referenceAmbiguous), row, field, by: rule, detail: detail)
    }

    /// With nothing known at all nobody can say that it does not exist, unless it is of something
    /// that is made only now. What was known to lead nowhere may go on doing so.
    private func reportLost(
        _ row: Int, _ field: Int, _ lost: inout LostReferences, _ judging: inout Judging
    ) {
        if judging.isUntouched(row) { return }
        if let place = lost.leftOutRow(of: row, judging) {
            return judging.report(
                .referenceLeftOut, row, field,
                detail: FindingDetail(related: [place], relatedCount: 1))
        }
        let suggestion = lost.suggestion(row, judging)
        guard judging.known.records != nil || lost.isOfNew(row, judging) else {
            return judging.report(
                code("unverified", .referenceUnverified), row, field,
                detail: FindingDetail(suggestion: suggestion), group: suggestion ?? "")
        }
        let names = titles.map { $0.text(in: "en") }.joined(separator: "\n")
        let detail = FindingDetail(arguments: ["sheet": names], suggestion: suggestion)
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

    /// Whether a row, or another about the same record, asks for this or its link to be gone.
    func takesAway(_ target: LinkTarget) -> Bool { asks(target, for: [.delete, .unlink]) }
}
