package import Portals

/// A condition of the Definition, made ready to be asked of many rows of one sheet.
package struct RowCondition: Sendable {
    /// The tests as a list: those inside one follow it, so the condition itself is the first.
    private let tests: [ConditionTest]
    private let operands: ConditionOperands
    /// The fields of the row itself that it reads.
    let fields: [Int]
    /// Whether it asks about what the row refers to.
    let asksParents: Bool

    package init(_ condition: Condition, of sheet: SheetDefinition, in definition: Definition) {
        var reading = ConditionReading(definition)
        reading.add(condition, of: sheet)
        (tests, operands) = (reading.tests, reading.operands)
        fields = reading.fields
        asksParents = tests.contains { $0.kind == .parent }
    }

    /// What it says of every row that asks for an action; nil when that is not all it asks.
    ///
    /// Most conditions are about the action alone, and are asked of every row.
    @inline(__always)
    func answer(for action: Action) -> Bool? {
        tests[0].kind == .action ? tests[0].actions.contains(action) : nil
    }

    /// Whether it holds for a row.
    ///
    /// - Parameter sheet: position in the store.
    func holds(_ row: Int, of sheet: Int, in facts: some RowFacts) -> Bool {
        answer(for: facts.action(sheet: sheet, row: row))
            ?? holds(0, for: .row(row, sheet: sheet), isParent: false, facts)
    }

    /// Whether it holds for what another row refers to.
    func holds(_ target: LinkTarget, in facts: some RowFacts) -> Bool {
        holds(0, for: target, isParent: true, facts)
    }

    /// Whether it holds by the settings alone.
    package func holds(_ settings: Settings) -> Bool { holds(0, for: [], settings, nil) }

    /// Whether it holds for a record by itself: what it asks of others does not.
    ///
    /// - Parameters:
    ///   - values: by field.
    ///   - action: what is asked for it; nil for nothing.
    package func holds(
        _ values: [String?], _ settings: Settings, asking action: Action? = nil
    ) -> Bool {
        holds(0, for: values, settings, action)
    }
}

// Asking.
extension RowCondition {
    /// - Parameters:
    ///   - index: of the test.
    ///   - isParent: whether another row asks. Of itself a row says by a blank cell that the cell
    ///     is blank, of its parent it asks what will hold.
    private func holds(
        _ index: Int, for target: LinkTarget, isParent: Bool, _ facts: some RowFacts
    ) -> Bool {
        let test = tests[index]
        switch test.kind {
        case .all, .any:
            var inner = index + 1
            while inner < test.end {
                if holds(inner, for: target, isParent: isParent, facts) == (test.kind == .any) {
                    return test.kind == .any
                }
                inner = tests[inner].end
            }
            return test.kind == .all
        case .not: return !holds(index + 1, for: target, isParent: isParent, facts)
        case .never: return false
        case .action:
            if isParent { return facts.asks(target, for: test.actions) }
            return test.actions.contains(facts.action(sheet: target.sheet, row: target.index))
        case .setting:
            let texts = facts.settings.names(operands.names[test.operand])
            return operands.holds(tests[index + 1], for: texts)
        case .parent: return holds(test, index, forParentOf: target, facts)
        case .changed, .unchanged:
            let known = operands.knownValues[test.operand]
            return known.isSame(in: target, field: test.field, facts) == (test.kind == .unchanged)
        case .listed:
            guard let names = facts.directories[operands.names[test.operand]] else { return false }
            return facts.withState(of: target, field: test.field) {
                names.answer(for: $0).position != nil
            }
        case .blank, .filled:
            if isParent {
                return facts.withState(of: target, field: test.field) {
                    $0.isEmpty == (test.kind == .blank)
                }
            }
            let column = facts.column(sheet: target.sheet, field: test.field)
            return column.isBlank(target.index) == (test.kind == .blank)
        case .oneOf:
            let words = operands.words[test.operand]
            return facts.withState(of: target, field: test.field) { words.contains($0) }
        }
    }

    private func holds(
        _ test: ConditionTest, _ index: Int, forParentOf target: LinkTarget, _ facts: some RowFacts
    ) -> Bool {
        guard let parent = facts.links.target(of: target, field: test.field) else { return false }
        let sheet =
            parent.isKnown ? parent.sheet : facts.store.sheets[parent.sheet].definitionIndex
        var inner = index + 1
        while inner < test.end {
            if tests[inner].sheet == sheet {
                return holds(inner, for: parent, isParent: true, facts)
            }
            inner = tests[inner].end
        }
        return false
    }

    private func holds(
        _ index: Int, for values: [String?], _ settings: Settings, _ action: Action?
    ) -> Bool {
        let test = tests[index]
        switch test.kind {
        case .all:
            return inner(of: index).allSatisfy { holds($0, for: values, settings, action) }
        case .any: return inner(of: index).contains { holds($0, for: values, settings, action) }
        case .not: return !holds(index + 1, for: values, settings, action)
        case .action: return action.map(test.actions.contains) ?? false
        case .setting:
            let texts = settings.names(operands.names[test.operand])
            return operands.holds(tests[index + 1], for: texts)
        case .parent, .never, .changed, .unchanged, .listed: return false
        case .blank, .filled, .oneOf:
            guard values.indices.contains(test.field) else { return false }
            return operands.holds(test, for: [values[test.field] ?? ""])
        }
    }

    private func inner(of index: Int) -> some Sequence<Int> {
        sequence(first: index + 1) { tests[$0].end }.prefix { $0 < tests[index].end }
    }
}
