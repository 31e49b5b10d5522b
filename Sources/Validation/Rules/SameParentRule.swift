import Catalogue
import Portals

/// `sameParent {field, in}`: what this cell refers to says in its field `in` the same as this row
/// in `field`: a room and its host are of one company.
struct SameParentRule: FieldRule {
    static let kind = "sameParent"
    static let parameters = ["field", "in"]
    static let phase = RulePhase.parents
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
            if says(ours, target, other, judging)
                || judging.recordKept(by: target).map({ says(ours, $0, other, judging) }) ?? false
            {
                continue
            }
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

    private func says(
        _ name: [UInt8], _ target: LinkTarget, _ field: Int, _ judging: Judging
    ) -> Bool {
        judging.withState(of: target, field: field) { text in
            NameKey.with(text) { $0.elementsEqual(name) }
        }
    }
}

extension Judging {
    /// The record of a row that is sent back, as it is known: so it will be.
    fileprivate func recordKept(by target: LinkTarget) -> LinkTarget? {
        guard !target.isKnown, rejected[target.sheet].contains(target.index) else { return nil }
        return links.recordIndex(sheet: target.sheet, row: target.index).map {
            .record($0.index, sheet: $0.sheet)
        }
    }
}
