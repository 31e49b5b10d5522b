import Catalogue
import Portals

/// `sameParent {field, in}`: what this cell refers to says in its field `in` the same as this row
/// in `field`: a room and its host are of one company.
struct SameParentRule: FieldRule {
    static let kind = "sameParent"
    static let parameters = ["field", "in"]
    static let phase = RulePhase.meaning
    let readsOtherRows = true

    let rule: RuleDefinition
    let condition: RowCondition?
    private let own: Int
    /// The field there, by index of the sheet.
    private let others: [Int: Int]

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        own = try source.field("field")
        let name = source.rule.parameters["in"] == nil ? "field" : "in"
        others = try source.parentFields(of: source.fieldID, id: source.text(name), at: name)
    }

    func judge(field: Int, _ judging: inout Judging) {
        var ours: [UInt8] = []
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.form(row, own) == .wellFormed
            && judging.applies(condition, row)
        {
            guard let target = judging.links.target(sheet: judging.sheet, row: row, field: field),
                let other = others[judging.definitionIndex(of: target)]
            else { continue }
            ours.removeAll(keepingCapacity: true)
            judging.withText(row, own) { NameKey.append($0, to: &ours) }
            let isSame = judging.withState(of: target, field: other) { [ours] theirs in
                NameKey.with(theirs) { $0.elementsEqual(ours) }
            }
            if isSame { continue }
            var arguments = ["expected": judging.text(row, own)]
            let theirs = judging.withState(of: target, field: other) {
                String(decoding: $0, as: UTF8.self)
            }
            if !theirs.isEmpty { arguments["record"] = theirs }
            judging.report(
                rule.code ?? .referenceOtherParent, row, field, by: rule,
                detail: FindingDetail(arguments: arguments))
        }
    }
}
