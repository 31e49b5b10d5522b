package import Portals

/// A condition of the Definition, made ready to be asked of many rows of one sheet.
package struct RowCondition: Sendable {
    private indirect enum Test: Sendable {
        case field(Int, FieldTest)
        /// By index of the sheet that the field refers to.
        case parent(Int, [Int: Test])
        case setting(String, FieldTest)
        case action([Action])
        case all([Test])
        case any([Test])
        case not(Test)
        case never
    }

    private enum FieldTest: Sendable {
        case blank, filled
        case changed(KnownValue)
        case unchanged(KnownValue)
        case listed(String)
        /// Normal forms of the texts that hold; there are few. Of some types a text is made normal
        /// by its type first.
        case oneOf([[UInt8]], FieldType)

        /// - Parameter field: whose words mean the same in every language; nil for a setting.
        init(_ test: ValueTest, _ field: Field? = nil) {
            switch test {
            case .blank: self = .blank
            case .filled: self = .filled
            case .changed: self = .changed(KnownValue(field))
            case .unchanged: self = .unchanged(KnownValue(field))
            case .listed(let directory): self = .listed(directory)
            case .oneOf(let values):
                let spellings = values.flatMap { field?.spellings(of: $0) ?? [$0] }
                self = .oneOf(
                    spellings.map { NameKey.bytes(of: $0) }, field?.type ?? .text)
            }
        }
    }

    private let test: Test
    /// The fields of the row itself that it reads.
    let fields: [Int]
    /// Whether it asks about what the row refers to.
    let asksParents: Bool

    package init(_ condition: Condition, of sheet: SheetDefinition, in definition: Definition) {
        test = Self.test(condition, sheet, definition)
        fields = Self.fields(of: test)
        asksParents = Self.asksParents(test)
    }

    private static func asksParents(_ test: Test) -> Bool {
        switch test {
        case .parent: true
        case .all(let tests), .any(let tests): tests.contains(where: asksParents)
        case .not(let test): asksParents(test)
        case .field, .setting, .action, .never: false
        }
    }

    private static func fields(of test: Test) -> [Int] {
        switch test {
        case .field(let field, _), .parent(let field, _): [field]
        case .all(let tests), .any(let tests): tests.flatMap(fields(of:))
        case .not(let test): fields(of: test)
        case .setting, .action, .never: []
        }
    }

    /// What it says of every row that asks for an action; nil when that is not all it asks.
    ///
    /// Most conditions are about the action alone, and are asked of every row.
    @inline(__always)
    func answer(for action: Action) -> Bool? {
        if case .action(let actions) = test { return actions.contains(action) }
        return nil
    }

    /// Whether it holds for a row.
    ///
    /// - Parameter sheet: position in the store.
    func holds(_ row: Int, of sheet: Int, in facts: some RowFacts) -> Bool {
        answer(for: facts.action(sheet: sheet, row: row))
            ?? holds(test, for: .row(row, sheet: sheet), isParent: false, facts)
    }

    /// Whether it holds for what another row refers to.
    func holds(_ target: LinkTarget, in facts: some RowFacts) -> Bool {
        holds(test, for: target, isParent: true, facts)
    }

    /// Whether it holds by the settings alone.
    package func holds(_ settings: Settings) -> Bool { holds(test, for: [], settings, nil) }

    /// Whether it holds for a record by itself: what it asks of others does not.
    ///
    /// - Parameters:
    ///   - values: by field.
    ///   - action: what is asked for it; nil for nothing.
    package func holds(
        _ values: [String?], _ settings: Settings, asking action: Action? = nil
    ) -> Bool {
        holds(test, for: values, settings, action)
    }

    private static func test(
        _ condition: Condition, _ sheet: SheetDefinition, _ definition: Definition
    ) -> Test {
        switch condition {
        case .field(let id, let test):
            return sheet.fieldIndex(id).map { .field($0, FieldTest(test, sheet.fields[$0])) }
                ?? .never
        case .parent(let id, let inner):
            guard let field = sheet.fieldIndex(id), let reference = sheet.reference(ofField: id)
            else { return .never }
            var tests: [Int: Test] = [:]
            for (index, parent) in definition.sheets.enumerated()
            where reference.sheets.contains(parent.id) {
                tests[index] = test(inner, parent, definition)
            }
            return .parent(field, tests)
        case .setting(let name, let test): return .setting(name, FieldTest(test))
        case .action(let actions): return .action(actions)
        case .all(let conditions): return .all(conditions.map { test($0, sheet, definition) })
        case .any(let conditions): return .any(conditions.map { test($0, sheet, definition) })
        case .not(let condition): return .not(test(condition, sheet, definition))
        }
    }

    /// - Parameter isParent: whether another row asks. Of itself a row says by a blank cell that
    ///   the cell is blank, of its parent it asks what will hold.
    private func holds(
        _ test: Test, for target: LinkTarget, isParent: Bool, _ facts: some RowFacts
    ) -> Bool {
        switch test {
        case .field(let field, .changed(let value)):
            return value.isSame(in: target, field: field, facts) == false
        case .field(let field, .unchanged(let value)):
            return value.isSame(in: target, field: field, facts) == true
        case .field(let field, .listed(let directory)):
            guard let names = facts.directories[directory] else { return false }
            return facts.withState(of: target, field: field) {
                names.answer(for: $0).position != nil
            }
        case .field(let field, let test):
            if case .oneOf = test {
            } else if !isParent {
                let column = facts.column(sheet: target.sheet, field: field)
                return column.withText(target.index) { holds(test, for: $0) }
            }
            return facts.withState(of: target, field: field) { holds(test, for: $0) }
        case .parent(let field, let tests):
            guard let parent = facts.links.target(of: target, field: field) else { return false }
            let sheet =
                parent.isKnown
                ? parent.sheet : facts.store.sheets[parent.sheet].definitionIndex
            guard let test = tests[sheet] else { return false }
            return holds(test, for: parent, isParent: true, facts)
        case .setting(let name, let test): return holds(test, for: facts.settings.names(name))
        case .action(let actions):
            if isParent { return facts.asks(target, for: actions) }
            return actions.contains(facts.action(sheet: target.sheet, row: target.index))
        case .all(let tests):
            for test in tests where !holds(test, for: target, isParent: isParent, facts) {
                return false
            }
            return true
        case .any(let tests):
            for test in tests where holds(test, for: target, isParent: isParent, facts) {
                return true
            }
            return false
        case .not(let test): return !holds(test, for: target, isParent: isParent, facts)
        case .never: return false
        }
    }

    private func holds(
        _ test: Test, for values: [String?], _ settings: Settings, _ action: Action?
    ) -> Bool {
        switch test {
        case .field(let field, let test):
            guard values.indices.contains(field) else { return false }
            var text = values[field] ?? ""
            return text.withUTF8 { holds(test, for: $0) }
        case .setting(let name, let test): return holds(test, for: settings.names(name))
        case .all(let tests): return tests.allSatisfy { holds($0, for: values, settings, action) }
        case .any(let tests): return tests.contains { holds($0, for: values, settings, action) }
        case .not(let test): return !holds(test, for: values, settings, action)
        case .action(let actions): return action.map(actions.contains) ?? false
        case .parent, .never: return false
        }
    }

    private func holds(_ test: FieldTest, for text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch test {
        case .blank: return text.isEmpty
        case .filled: return !text.isEmpty
        case .changed, .unchanged, .listed: return false
        case .oneOf(let keys, let type):
            if text.isEmpty { return false }
            if type.hasNormalText {
                return TypedText.normal(text, type).map { keys.contains(NameKey.bytes(of: $0)) }
                    ?? false
            }
            return NameKey.with(text) { key in
                keys.contains { $0.withUnsafeBufferPointer { $0.isSame(as: key) } }
            }
        }
    }

    private func holds(_ test: FieldTest, for texts: [String]) -> Bool {
        let filled = texts.filter { !$0.isEmpty }
        switch test {
        case .blank: return filled.isEmpty
        case .filled: return !filled.isEmpty
        case .changed, .unchanged, .listed: return false
        case .oneOf(let keys, _):
            return filled.contains { keys.contains(NameKey.bytes(of: $0)) }
        }
    }
}

extension Field {
    /// Every word that stands for a value of this field.
    fileprivate func spellings(of value: String) -> [String] {
        guard case .list(let choices) = choices else { return [value] }
        let key = NameKey.bytes(of: value)
        let meant = choices.filter { NameKey.bytes(of: $0.value) == key }
        return [value] + meant.flatMap(\.title.all)
    }
}
