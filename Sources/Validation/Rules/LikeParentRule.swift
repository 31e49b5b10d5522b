import Catalogue
import Portals

/// `likeParent {parent, sheet, through, by}`: what refers to a row's parent refers to the row too,
/// as who is invited to a customer is invited to each of its locations. At least one does.
///
/// It stands on the sheet of those who refer, by `parent`; `sheet` names those that are referred
/// to, `through` the field of each that leads to its parent, and `by` what tells those who refer
/// apart. The row that lacks some is told, with what is to be added.
struct LikeParentRule: SheetRule {
    static let kind = "likeParent"
    static let parameters = ["parent", "sheet", "through", "by"]

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    private let parent: Int
    private let by: [Int]
    /// What else a row to be added says, beside its parent.
    private let shown: [Int]
    /// The sheets that are referred to, each with the field that leads to its parent.
    private let sheets: [(index: Int, through: Int)]

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = source.sheetIndex
        parent = try source.field("parent")
        by = try source.fields("by")
        let parent = parent
        shown = source.sheet.fields.indices.filter { $0 != parent }
        let indexes = try source.sheets("sheet")
        let names = source.rule.texts("through")
        guard names.count == indexes.count else {
            throw source.error(
                "rule.parameter_missing", at: "through", found: "\(names.count) fields",
                allowed: "one for each sheet")
        }
        var sheets: [(index: Int, through: Int)] = []
        for (index, name) in zip(indexes, names) {
            let field = try source.fieldIndex(
                of: name, in: source.definition.sheets[index], at: "through")
            sheets.append((index, field))
        }
        self.sheets = sheets
    }

    var childrenCounted: [(sheet: Int, field: Int)] { [(sheet, parent)] }

    func judgeAcrossSheets(_ judging: inout Judging) {
        let children = judging.children(ofSheet: sheet, parent: parent)
        for (index, through) in sheets {
            guard let position = judging.position(ofDefinition: index) else { continue }
            for row in judging.store.sheets[position].judgedRows {
                let target = LinkTarget.row(row, sheet: position)
                if !judging.mayLackChildren(target) { continue }
                let own = children.children(of: target, when: condition, judging)
                var seen = Set(own.map { key($0, judging) })
                let missing = above(target, through, children, judging).filter {
                    seen.insert(key($0, judging)).inserted
                }
                if own.isEmpty || !missing.isEmpty { report(target, missing, &judging) }
            }
        }
    }

    /// Those that refer to the parent of a target, or should as they refer to the parent of that.
    private func above(
        _ target: LinkTarget, _ through: Int, _ children: Children, _ judging: Judging,
        depth: Int = 0
    ) -> [LinkTarget] {
        guard depth <= sheets.count,
            let parent = judging.links.target(of: target, field: through)
        else { return [] }
        let own = children.children(of: parent, when: condition, judging)
        let index = judging.definitionIndex(of: parent)
        // One that is known already is as somebody wants it; a row is told what it lacks.
        guard !parent.isKnown, judging.mayLackChildren(parent),
            let next = sheets.first(where: { $0.index == index })?.through
        else { return own }
        return own + above(parent, next, children, judging, depth: depth + 1)
    }

    private func key(_ child: LinkTarget, _ judging: Judging) -> [[UInt8]] {
        by.map { field in
            judging.withState(of: child, field: field) { NameKey.with($0, Array.init) }
        }
    }

    private func report(
        _ target: LinkTarget, _ missing: [LinkTarget], _ judging: inout Judging
    ) {
        let key = judging.definition(ofSheet: target.sheet).keyFields.last
        let name = key.map { text(target, $0, judging) } ?? ""
        var detail = FindingDetail(arguments: ["min": "1"])
        let rows = missing.prefix(FindingDetail.relatedMax).map { child in
            ([name] + shown.map { text(child, $0, judging) }).joined(separator: ", ")
        }
        if !rows.isEmpty { detail.arguments["list"] = rows.joined(separator: "; ") }
        judging.report(
            rule.code ?? .countTooFew,
            at: Place(sheet: target.sheet, row: target.index, field: key), by: rule,
            detail: detail, group: detail.arguments["list"] ?? "")
    }

    private func text(_ target: LinkTarget, _ field: Int, _ judging: Judging) -> String {
        judging.withState(of: target, field: field) { String(decoding: $0, as: UTF8.self) }
    }
}
