import Catalogue
import Portals

/// `exactlyOne {fields}`: one of these columns is filled, and only one.
///
/// On an update blank cells leave their values, so that none may be filled.
struct ExactlyOneRule: SheetRule {
    static let kind = "exactlyOne"
    static let parameters = ["fields"]

    let rule: RuleDefinition
    let condition: RowCondition?
    let fields: [Int]

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        fields = try source.fields("fields")
    }

    func judge(_ judging: inout Judging) {
        let titles = fields.map { judging.sheetDefinition.fields[$0].title.text(in: "en") }
        let detail = FindingDetail(arguments: ["columns": titles.joined(separator: ", ")])
        for row in judging.rows where judging.applies(condition, row) {
            let filled = fields.count { judging.form(row, $0) != .blank }
            if filled == 1 || filled == 0 && !judging.asks(row, for: .create) { continue }
            judging.report(
                rule.code ?? .cellExactlyOne, row, fields.first, by: rule, detail: detail)
        }
    }
}
