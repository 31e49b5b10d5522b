import Catalogue
import Portals

/// `maxLength {maximum}`: at most so many Unicode scalars.
struct MaxLengthRule: FieldRule {
    static let kind = "maxLength"
    static let parameters = ["maximum"]
    static let phase = RulePhase.form

    let rule: RuleDefinition
    let condition: RowCondition?
    let maximum: Int

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        maximum = try source.positiveInteger("maximum")
    }

    func judge(field: Int, _ judging: inout Judging) {
        for row in judging.wellFormedRows(field, where: { length($0) > maximum })
        where judging.applies(condition, row) {
            let length = judging.withText(row, field, length)
            let detail = FindingDetail(arguments: ["max": "\(maximum)", "length": "\(length)"])
            judging.report(rule.code ?? .cellTooLong, row, field, by: rule, detail: detail)
        }
    }

    private func length(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        text.count <= maximum ? text.count : text.count { $0 & 0xC0 != 0x80 }
    }

    func liveCheck(field: Int) -> LiveCheck? { .tooLong(field: field, maximum: maximum) }
}
