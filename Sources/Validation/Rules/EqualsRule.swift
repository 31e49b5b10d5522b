import Catalogue
import Portals
import Spreadsheet

/// `equals {field, fill}`: the same as another column, byte for byte after trimming.
///
/// With `fill`, a blank cell takes the other's value and a note says so.
struct EqualsRule: FieldRule {
    static let kind = "equals"
    static let parameters = ["field", "fill"]
    static let phase = RulePhase.comparison

    let rule: RuleDefinition
    let condition: RowCondition?
    let other: Int
    let fills: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        other = try source.field("field")
        fills = try source.flag("fill")
    }

    func judge(field: Int, _ judging: inout Judging) {
        let title = judging.sheetDefinition.fields[other].title.text(in: "en")
        let filled = FindingDetail(arguments: ["other": title])
        let own = judging.column(sheet: judging.sheet, field: field)
        let others = judging.column(sheet: judging.sheet, field: other)
        for row in judging.rows
        where judging.form(row, other) == .wellFormed && !own.isSame(as: others, row)
            && judging.applies(condition, row)
        {
            switch judging.form(row, field) {
            case .blank where fills && judging.asks(row, for: .create):
                judging.replace(row, field, by: .field(other))
                judging.report(.cellFilled, row, field, detail: filled)
            case .wellFormed:
                let expected = judging.text(row, other)
                let suggestion = judging.suggestionMade(row, other) ?? expected
                let detail = FindingDetail(
                    arguments: ["expected": expected, "other": title],
                    suggestion: suggestion == judging.text(row, field) ? nil : suggestion)
                judging.report(rule.code ?? .cellMustEqual, row, field, by: rule, detail: detail)
            case .blank, .malformed, .clear, .readOnly: continue
            }
        }
    }

    func liveCheck(field: Int) -> LiveCheck? { .mustEqual(field: field, other: other) }
}

extension CellColumn {
    /// Whether a row has the same trimmed text in another column.
    @inline(__always)
    fileprivate func isSame(as other: CellColumn, _ row: Int) -> Bool {
        if self[row].kind == .text, self[row] == other[row] { return true }
        return withText(row) { text in other.withText(row) { text.isSame(as: $0) } }
    }
}
