import Catalogue
import Portals

/// `allowedBy {setting, name, column, contains | is, was}`: a table in the settings says what goes
/// with a name: a product type is sold in some regions, and some cannot be changed later.
///
/// The member of the table whose `name` is meant has in `column` a list with a value, or that very
/// value. What the table does not say is allowed. `contains` may be `{children: SHEET, by, field}`:
/// what is known to refer to the row's record, as far as no row of the workbook says it anew.
struct AllowedByRule: FieldRule {
    static let kind = "allowedBy"
    static let parameters = ["setting", "name", "column", "contains", "is", "was"]
    static let phase = RulePhase.meaning

    let rule: RuleDefinition
    let condition: RowCondition?
    private let setting: String
    private let column: String
    private let name: ValueSource?
    private let contained: ValueSource?
    private let ofChildren: ChildValues?
    private let isValue: String?
    /// Whether the known record's value is meant, and only where the row changes it.
    private let isOfKnown: Bool

    init(_ source: RuleSource) throws(DefinitionError) {
        rule = source.rule
        condition = source.condition
        setting = try source.setting("setting")
        column = try source.text("column")
        name = try source.valueSource("name")
        ofChildren = try source.childValues("contains")
        contained = ofChildren == nil ? try source.valueSource("contains") : nil
        isValue = source.rule.parameters["is"]?.text
        isOfKnown = try source.flag("was")
        if (source.rule.parameters["contains"] == nil) == (isValue == nil) {
            throw source.error(
                "rule.parameter_missing", at: "contains", found: "both or neither",
                allowed: "one of contains and is")
        }
    }

    var childrenCounted: [(sheet: Int, field: Int)] {
        ofChildren.map { [($0.sheet, $0.parent)] } ?? []
    }

    var readsOtherRows: Bool {
        ofChildren != nil || condition?.asksParents ?? false
            || [name, contained].contains { $0?.isOfParent ?? false }
    }

    func judge(field: Int, _ judging: inout Judging) {
        let members = judging.settings[setting]?.list ?? []
        let byName = Dictionary(
            members.compactMap { member in
                member["name"]?.text.map { (NameKey.bytes(of: $0), member) }
            }, uniquingKeysWith: { first, _ in first })
        if byName.isEmpty { return }
        let children = ofChildren.map { judging.children(ofSheet: $0.sheet, parent: $0.parent) }
        for row in judging.rows
        where judging.form(row, field) == .wellFormed && judging.applies(condition, row) {
            guard let name = self.name(row, field, judging),
                let allowed = byName[NameKey.bytes(of: name)]?[column],
                !allows(allowed, values(row, children, judging))
            else { continue }
            let list = (allowed.list ?? [allowed]).compactMap(\.text).joined(separator: ", ")
            judging.report(
                rule.code ?? .cellNotInList, row, field, by: rule,
                detail: FindingDetail(arguments: list.isEmpty ? [:] : ["list": list]), group: name)
        }
    }

    private func name(_ row: Int, _ field: Int, _ judging: Judging) -> String? {
        guard isOfKnown else {
            return name.map { judging.value(of: $0, row) } ?? judging.value(row, field)
        }
        guard let was = judging.links.record(sheet: judging.sheet, row: row)?.values[field],
            NameKey.bytes(of: was) != NameKey.bytes(of: judging.value(row, field))
        else { return nil }
        return was
    }

    /// What the list must contain.
    private func values(_ row: Int, _ children: Children?, _ judging: Judging) -> [String] {
        guard let ofChildren, let children else {
            return contained.map { [judging.value(of: $0, row)] } ?? []
        }
        return children[.row(row, sheet: judging.sheet)].filter { child in
            child.isKnown
                || judging.form(child.index, ofChildren.field, ofSheet: child.sheet) == .blank
        }.map { child in
            judging.withState(of: child, field: ofChildren.field) {
                String(decoding: $0, as: UTF8.self)
            }
        }
    }

    private func allows(_ allowed: Value, _ values: [String]) -> Bool {
        if let isValue { return allowed.text.map { $0 == isValue } ?? true }
        guard let list = allowed.list ?? allowed.text.map({ [.text($0)] }) else { return true }
        let keys = list.map { NameKey.bytes(of: $0.text ?? "") }
        return values.allSatisfy { $0.isEmpty || keys.contains(NameKey.bytes(of: $0)) }
    }
}
