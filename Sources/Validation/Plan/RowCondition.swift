package import Portals

/// A condition of the Definition, made ready to be asked of many rows of one sheet.
package struct RowCondition: Sendable {
    private indirect enum Test: Sendable {
        case field(Int, FieldTest)
        case setting(String, FieldTest)
        case action([Action])
        case all([Test])
        case any([Test])
        case not(Test)
        case never
    }

    private enum FieldTest: Sendable {
        case blank, filled
        /// Normal forms of the texts that hold; there are few.
        case oneOf([[UInt8]])

        init(_ test: ValueTest) {
            switch test {
            case .blank: self = .blank
            case .filled: self = .filled
            case .oneOf(let values): self = .oneOf(values.map { NameKey.bytes(of: $0) })
            }
        }
    }

    private let test: Test

    package init(_ condition: Condition, of sheet: SheetDefinition) {
        test = Self.test(condition, sheet)
    }

    /// Whether it holds for a row that asks for an action.
    ///
    /// - Parameter sheet: position in the store.
    package func holds(
        _ row: Int, of sheet: Int, in store: RowStore, for action: Action, _ settings: Settings
    ) -> Bool {
        // Most conditions are about the action alone, and are asked of every row.
        if case .action(let actions) = test { return actions.contains(action) }
        return holds(test, row, sheet, store, action, settings)
    }

    private static func test(_ condition: Condition, _ sheet: SheetDefinition) -> Test {
        switch condition {
        case .field(let id, let test):
            sheet.fieldIndex(id).map { .field($0, FieldTest(test)) } ?? .never
        case .parent: .never
        case .setting(let name, let test): .setting(name, FieldTest(test))
        case .action(let actions): .action(actions)
        case .all(let conditions): .all(conditions.map { test($0, sheet) })
        case .any(let conditions): .any(conditions.map { test($0, sheet) })
        case .not(let condition): .not(test(condition, sheet))
        }
    }

    private func holds(
        _ test: Test, _ row: Int, _ sheet: Int, _ store: RowStore, _ action: Action,
        _ settings: Settings
    ) -> Bool {
        switch test {
        case .field(let field, let test):
            return CellText.with(
                store.sheets[sheet].cell(row: row, field: field), in: store.texts
            ) { holds(test, for: $0) }
        case .setting(let name, let test): return holds(test, for: settings.names(name))
        case .action(let actions): return actions.contains(action)
        case .all(let tests):
            for test in tests where !holds(test, row, sheet, store, action, settings) {
                return false
            }
            return true
        case .any(let tests):
            for test in tests where holds(test, row, sheet, store, action, settings) { return true }
            return false
        case .not(let test): return !holds(test, row, sheet, store, action, settings)
        case .never: return false
        }
    }

    private func holds(_ test: FieldTest, for text: UnsafeBufferPointer<UInt8>) -> Bool {
        switch test {
        case .blank: return text.isEmpty
        case .filled: return !text.isEmpty
        case .oneOf(let keys):
            return !text.isEmpty
                && NameKey.with(text) { key in
                    keys.contains { $0.withUnsafeBufferPointer { $0.isSame(as: key) } }
                }
        }
    }

    private func holds(_ test: FieldTest, for texts: [String]) -> Bool {
        let filled = texts.filter { !$0.isEmpty }
        switch test {
        case .blank: return filled.isEmpty
        case .filled: return !filled.isEmpty
        case .oneOf(let keys): return filled.contains { keys.contains(NameKey.bytes(of: $0)) }
        }
    }
}
