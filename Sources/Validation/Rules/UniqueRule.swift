import Catalogue
import Portals

/// `unique {fields, in, beside}`: no two rows have the same value (`in: file`, which is meant when
/// nothing is said), and no known record has it already (`in: known`).
///
/// With `beside` only rows count that say different things in those fields: an id belongs to one
/// name. Every member of a group is told the others. For e-mail fields the codes are of that
/// family, and addresses that share a mailbox but for dots or a plus tag are a warning.
struct UniqueRule: SheetRule {
    static let kind = "unique"
    static let parameters = ["fields", "in", "beside"]
    static let codeWords = ["taken"]

    let rule: RuleDefinition
    let condition: RowCondition?
    private let sheet: Int
    let fields: [Int]
    private let beside: [Int]
    let inFile: Bool
    let inKnown: Bool
    let isEmail: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        sheet = source.sheetIndex
        fields = try source.fields("fields")
        beside = source.rule.parameters["beside"] == nil ? [] : try source.fields("beside")
        let places = try source.words("in", of: ["file", "known"])
        inFile = places.isEmpty || places.contains("file")
        inKnown = places.contains("known")
        isEmail = fields.allSatisfy { source.sheet.fields[$0].type == .email }
    }

    var valuesLookedUp: [ValueLookup] {
        inKnown
            ? [ValueLookup(sheet: sheet, fields: fields, among: sheet, otherFields: fields)] : []
    }

    /// What no record takes of another one; nil where two may share it.
    var valuesOwned: (sheet: Int, fields: [Int])? {
        let isOwned = inKnown && beside.isEmpty && (rule.severity ?? .error) == .error
        return isOwned ? (sheet, fields) : nil
    }

    func judge(_ judging: inout Judging) {
        guard inFile else { return }
        let code: Code = isEmail ? .emailDuplicateInFile : .recordDuplicateInFile
        let groups = KeyGroups(
            fields: fields, judging, mode: isEmail ? .mailbox : .exact, when: condition)
        var same = groups.exact(judging)
        if !beside.isEmpty {
            same = same.saying { judging.identity(of: beside, $0) }
        }
        same.report(rule.code ?? code, by: rule, &judging)
        if isEmail { reportAliases(groups, &judging) }
    }

    func judgeAgainstKnown(_ judging: inout Judging) {
        if inKnown { reportTaken(&judging) }
    }

    /// Of a mailbox whose rows all have the very same address nothing need be said.
    private func reportAliases(_ mailboxes: KeyGroups, _ judging: inout Judging) {
        let different = mailboxes.groups.filter { rows in
            let address = judging.key(of: fields, rows[0])
            return rows.contains { judging.key(of: fields, $0) != address }
        }
        for row in different.joined().sorted() { judging.report(.emailAlias, row, fields.first) }
    }

    /// A row that is kept out gives up nothing, and so may keep out the row that wants its value.
    private func reportTaken(_ judging: inout Judging) {
        guard var owners = KnownOwners(fields: fields, judging) else { return }
        var waiting: [Int: [(row: Int, owner: KnownOwners.Owner)]] = [:]
        for row in judging.rows
        where judging.isWellFormed(fields, row) && judging.applies(condition, row) {
            switch owners.claim(of: row, judging) {
            case .free: continue
            case .taken(let owner): report(owner, row, &judging)
            case .givenUp(let other, let owner):
                waiting[other, default: []].append((row, owner))
                judging.handOver(fields, from: other, to: row)
            }
        }
        var keptOut = waiting.keys.sorted().filter { judging.rejected[judging.sheet].contains($0) }
        while let other = keptOut.popLast() {
            for (row, owner) in waiting.removeValue(forKey: other) ?? [] {
                report(owner, row, &judging)
                keptOut.append(row)
            }
        }
    }

    private func report(_ owner: KnownOwners.Owner, _ row: Int, _ judging: inout Judging) {
        var arguments = judging.wholeKey(of: fields, row)
        arguments["record"] = owner.name
        arguments["reason"] = owner.origin
        let code = rule.codes["taken"] ?? (isEmail ? .emailTaken : .cellTaken)
        let related = [owner.keptBack].compactMap(\.self)
        judging.report(
            code, row, fields.first, by: rule,
            detail: FindingDetail(
                arguments: arguments, related: related, relatedCount: related.count))
    }

    func liveCheck() -> LiveCheck? {
        inFile && beside.isEmpty && fields.count == 1
            ? fields.first.map { .duplicate(field: $0) } : nil
    }
}
