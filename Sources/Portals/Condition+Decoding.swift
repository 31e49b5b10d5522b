extension Condition {
    private static let subjects = ["field", "parent", "setting", "action", "all", "any", "not"]
    private static let tests = ["is", "in", "blank", "filled", "changed", "unchanged", "listed"]

    /// `{field: NAME, TEST}`, `{setting: NAME, TEST}`, `{parent: FIELD, CONDITION…}`,
    /// `{action: […]}`, `{all: […]}`, `{any: […]}` or `{not: CONDITION}`, where TEST is
    /// `is: VALUE`, `in: […]`, `blank: true`, `filled: true` or, of a field, `changed: true`
    /// `unchanged: true` and `listed: DIRECTORY`.
    init(_ node: DefinitionNode) throws(DefinitionError) {
        let table = try node.table(Self.subjects + Self.tests)
        if let parent = table["parent"] {
            self = .parent(field: try parent.id(), try Condition(node.without("parent")))
            return
        }
        let named = table.members.filter { Self.subjects.contains($0.name) }
        guard named.count == 1, let (subject, operand) = named.first else {
            throw node.error(
                .badValue, allowed: "one of \(Self.subjects.joined(separator: ", "))")
        }
        let isTested = subject == "field" || subject == "setting"
        guard isTested || table.members.count == 1 else {
            throw node.error(.badValue, allowed: "\(subject) alone")
        }
        self =
            switch subject {
            case "field": .field(try operand.id(), try ValueTest(table))
            case "setting": .setting(try operand.text(), try ValueTest(table))
            case "action":
                .action(try operand.oneOrMore(of: DefinitionNode.word(of:)))
            case "all": .all(try operand.list(of: Condition.init(_:)))
            case "any": .any(try operand.list(of: Condition.init(_:)))
            default: .not(try Condition(operand))
            }
    }
}

extension ValueTest {
    fileprivate init(_ table: DefinitionTable) throws(DefinitionError) {
        let allowed =
            "one of is: VALUE, in: [VALUE, …], blank: true, filled: true, changed: true, "
            + "unchanged: true, listed: DIRECTORY"
        guard table.members.count == 2 else { throw table.node.error(.badValue, allowed: allowed) }
        if let value = table["is"] {
            self = .oneOf([try value.text()])
        } else if let values = table["in"] {
            self = .oneOf(
                try values.oneOrMore(of: DefinitionNode.text(of:)))
        } else if let flag = table["blank"] {
            self = try flag.boolean() ? .blank : .filled
        } else if let flag = table["filled"] {
            self = try flag.boolean() ? .filled : .blank
        } else if let flag = table["changed"], table["field"] != nil, try flag.boolean() {
            self = .changed
        } else if let flag = table["unchanged"], table["field"] != nil, try flag.boolean() {
            self = .unchanged
        } else if let directory = table["listed"], table["field"] != nil {
            self = .listed(try directory.id())
        } else {
            throw table.node.error(.badValue, allowed: allowed)
        }
    }
}

extension DefinitionNode {
    /// The same table without one of its keys.
    fileprivate func without(_ name: String) -> DefinitionNode {
        guard case .table(let members) = value else { return self }
        let rest = members.filter { $0.name != name }
        return DefinitionNode(value: .table(rest), path: path, file: file)
    }
}
