import Catalogue
import Portals

/// `noRepeat {fields}`: no two rows ask the same of the same: a link is made once.
struct NoRepeatRule: SheetRule {
    static let kind = "noRepeat"
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
        KeyGroups(fields: fields, judging, when: condition)
            .split { judging.actions[judging.sheet][$0].rawValue }
            .report(rule.code ?? .linkRepeated, by: rule, &judging)
    }
}
