import Catalogue
import Portals

/// `among {sheet, parent, field}`: the value is what `field` says in one of the rows of another
/// sheet that refer to this row by `parent`: the owner is one of the hosts.
struct AmongRule: FieldRule {
    static let kind = "among"
    static let parameters = ["sheet", "parent", "field"]
    static let phase = RulePhase.meaning
    let readsOtherRows = true

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    private let parent: Int
    private let other: Int

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = try source.sheets("sheet")[0]
        let fields = source.definition.sheets[sheet]
        parent = try source.field("parent", of: fields)
        other = try source.field("field", of: fields)
    }

    var childrenCounted: [(sheet: Int, field: Int)] { [(sheet, parent)] }

    func judge(field: Int, _ judging: inout Judging) {
        let isNeeded = judging.rows.contains { judging.form($0, field) == .wellFormed }
        if !isNeeded { return }
        let children = Children(ofSheet: sheet, parent: parent, judging)
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            let key = judging.withText(row, field) { NameKey.with($0, Array.init) }
            let isThere = children[.row(row, sheet: judging.sheet)].contains { child in
                judging.withState(of: child, field: other) { text in
                    NameKey.with(text) { $0.elementsEqual(key) }
                }
            }
            if isThere { continue }
            let title = judging.plan.definition.sheets[sheet].title.text(in: "en")
            judging.report(
                rule.code ?? .referenceUnknown, row, field, by: rule,
                detail: FindingDetail(arguments: ["sheet": title]))
        }
    }
}
