import Catalogue
import Portals

/// `atMostOne` (with a `when`): of all rows and known records, the rule's condition holds for one
/// at most. Every row beyond is told.
struct AtMostOneRule: SheetRule {
    static let kind = "atMostOne"
    static let parameters = ["field"]

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    /// The cell that is pointed at; nil: the row.
    private let field: Int?

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = source.sheetIndex
        field = source.rule.parameters["field"] == nil ? nil : try source.field("field")
    }

    var sheetsReadWhole: [Int] { [sheet] }

    func judgeAcrossSheets(_ judging: inout Judging) {
        let members = judging.standing(ofSheet: sheet).filter {
            condition?.holds($0, in: judging) ?? true
        }
        for member in members.dropFirst() where !member.isKnown {
            judging.report(
                rule.code ?? .countTooMany,
                at: Place(sheet: member.sheet, row: member.index, field: field), by: rule,
                detail: FindingDetail(arguments: ["max": "1", "count": "\(members.count)"]))
        }
    }
}
