import Catalogue
import Portals

/// `unique {fields, in}`: no two rows have the same value, and no known record has it already.
///
/// Every member of a group is told the others. For e-mail fields the code is of that family, and
/// addresses that share a mailbox but for dots or a plus tag are a warning.
struct UniqueRule: SheetRule {
    static let kind = "unique"
    static let parameters = ["fields", "in"]

    let rule: RuleDefinition
    let fields: [Int]
    let inKnown: Bool
    let isEmail: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        fields = try source.fields("fields")
        let places = source.rule.parameters["in"]?.list?.compactMap(\.text) ?? ["file"]
        if let odd = places.first(where: { $0 != "file" && $0 != "known" }) {
            throw source.error("rule.value_unknown", at: "in", found: odd, allowed: "file, known")
        }
        inKnown = places.contains("known")
        isEmail = fields.allSatisfy { source.sheet.fields[$0].type == .email }
    }

    func judge(_ judging: inout Judging) {
        let groups = KeyGroups(fields: fields, judging)
        groups.report(
            rule.code ?? (isEmail ? .emailDuplicateInFile : .recordDuplicateInFile), by: rule,
            &judging)
        if isEmail { reportAliases(&judging) }
        if inKnown { reportTaken(groups, &judging) }
    }

    private func reportAliases(_ judging: inout Judging) {
        let aliases = KeyGroups(fields: fields, judging, mode: .mailbox)
        for row in aliases.repeated where !aliases.isRepeatedExactly(row, judging) {
            judging.report(.emailAlias, row, fields.first)
        }
    }

    private func reportTaken(_ groups: KeyGroups, _ judging: inout Judging) {
        guard let owners = KnownOwners(fields: fields, judging) else { return }
        for row in groups.rows {
            guard let owner = owners.owner(of: row, judging) else { continue }
            let detail = FindingDetail(arguments: ["record": owner.name, "reason": owner.origin])
            judging.report(.emailTaken, row, fields.first, by: rule, detail: detail)
        }
    }

    func liveCheck() -> LiveCheck? { fields.count == 1 ? .duplicate(field: fields[0]) : nil }
}
