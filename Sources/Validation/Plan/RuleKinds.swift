import Portals

/// Every kind of rule there is. A new kind is a file in `Rules/` and a line here.
enum RuleKinds {
    static let ofFields: [any FieldRule.Type] = [
        RequiredRule.self, ForbiddenRule.self, MaxLengthRule.self, PatternRule.self,
        OneOfRule.self, EqualsRule.self, InDirectoryRule.self, NotInDirectoryRule.self,
        ChargeRule.self,
        ReferencesRule.self, SameParentRule.self, AmongRule.self, AbsentFromRule.self,
        RangeRule.self, NotBeforeRule.self, NotAfterRule.self, AllowedByRule.self,
        ReadOnlyRule.self,
    ]
    static let ofSheets: [any SheetRule.Type] = [
        UniqueRule.self, ExactlyOneRule.self, CountPerParentRule.self, AtMostOneRule.self,
        LikeParentRule.self, NoRepeatRule.self, NoConflictRule.self,
    ]

    static func fieldRule(
        _ rule: RuleDefinition, of field: Field, sheet: SheetDefinition, definition: Definition
    ) throws(DefinitionError) -> any FieldRule {
        let source = RuleSource(rule: rule, sheet: sheet, definition: definition, field: field)
        guard let type = ofFields.first(where: { $0.kind == rule.kind }) else {
            throw unknownKind(source, allowed: ofFields.map { $0.kind })
        }
        try checkParameters(source, of: type)
        return try type.init(source)
    }

    static func sheetRule(
        _ rule: RuleDefinition, sheet: SheetDefinition, definition: Definition
    ) throws(DefinitionError) -> any SheetRule {
        let source = RuleSource(rule: rule, sheet: sheet, definition: definition)
        guard let type = ofSheets.first(where: { $0.kind == rule.kind }) else {
            throw unknownKind(source, allowed: ofSheets.map { $0.kind })
        }
        try checkParameters(source, of: type)
        return try type.init(source)
    }

    private static func unknownKind(_ source: RuleSource, allowed: [String]) -> DefinitionError {
        source.error(
            "rule.unknown_kind", at: "rule", found: source.rule.kind,
            allowed: allowed.joined(separator: ", "))
    }

    private static func checkParameters(
        _ source: RuleSource, of type: any Rule.Type
    ) throws(DefinitionError) {
        let names = Array(source.rule.parameters.keys) + source.rule.conditions.keys
        try check(names, among: type.parameters, at: "", source)
        try check(source.rule.codes.keys, among: type.codeWords, at: "codes.", source)
    }

    private static func check(
        _ names: some Sequence<String>, among allowed: [String], at path: String,
        _ source: RuleSource
    ) throws(DefinitionError) {
        guard let unknown = names.filter({ !allowed.contains($0) }).min() else { return }
        throw source.error(
            "rule.parameter_unknown", at: path + unknown, found: unknown,
            allowed: allowed.isEmpty ? "nothing" : allowed.joined(separator: ", "))
    }
}
