import Catalogue
import Portals

/// `noConflict {fields}`: no two rows ask for what contradicts each other.
struct NoConflictRule: SheetRule {
    static let kind = "noConflict"
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
        KeyGroups(fields: fields, judging, when: condition).conflicting(judging)
            .report(rule.code ?? .actionConflict, by: rule, &judging)
    }
}

extension Action {
    /// Whether two rows about one thing cannot both be meant.
    func contradicts(_ other: Action) -> Bool {
        if self == other { return false }
        if self == .delete || other == .delete { return true }
        switch (self, other) {
        case (.link, .unlink), (.unlink, .link), (.accept, .decline), (.decline, .accept):
            return true
        default: return false
        }
    }
}
