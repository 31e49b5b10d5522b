package import Portals

/// Whether a condition of the Definition holds for a row.
package struct ConditionTest {
    let store: RowStore
    let sheet: Int
    let sheetDefinition: SheetDefinition
    let settings: Settings
    let action: Action

    package init(
        store: RowStore, sheet: Int, sheetDefinition: SheetDefinition, settings: Settings,
        action: Action
    ) {
        self.store = store
        self.sheet = sheet
        self.sheetDefinition = sheetDefinition
        self.settings = settings
        self.action = action
    }

    package func holds(_ condition: Condition, row: Int) -> Bool {
        switch condition {
        case .field(let id, let test):
            guard let field = sheetDefinition.fieldIndex(id) else { return false }
            let text = CellText.with(
                store.sheets[sheet].cell(row: row, field: field), in: store.texts
            ) { String(decoding: $0, as: UTF8.self) }
            return holds(test, for: [text])
        case .parent: return false
        case .setting(let name, let test): return holds(test, for: settings.names(name))
        case .action(let actions): return actions.contains(action)
        case .all(let conditions): return conditions.allSatisfy { holds($0, row: row) }
        case .any(let conditions): return conditions.contains { holds($0, row: row) }
        case .not(let condition): return !holds(condition, row: row)
        }
    }

    private func holds(_ test: ValueTest, for texts: [String]) -> Bool {
        let filled = texts.filter { !$0.isEmpty }
        switch test {
        case .blank: return filled.isEmpty
        case .filled: return !filled.isEmpty
        case .oneOf(let values):
            let keys = Set(values.map { NameKey.bytes(of: $0) })
            return filled.contains { keys.contains(NameKey.bytes(of: $0)) }
        }
    }
}
