import Catalogue
import Portals

/// Reads what each row asks for. A blank cell asks for a new record.
enum ActionColumn {
    static func read(_ judging: inout Judging) {
        guard let column = judging.sheetStore.actionColumn else { return }
        let allowed = judging.sheetDefinition.actions
        for row in judging.rows {
            let cell = judging.sheetStore.cell(row: row, column: column)
            let text = CellText.with(cell, in: judging.store.texts) {
                String(decoding: $0, as: UTF8.self)
            }
            if text.isEmpty { continue }
            if let action = action(named: text), allowed.contains(action) {
                judging.actions[judging.sheet][row] = action
            } else {
                let words = allowed.map(\.rawValue).joined(separator: ", ")
                judging.report(
                    .actionNotAllowed, row,
                    detail: FindingDetail(arguments: ["value": text, "list": words]))
            }
        }
    }

    private static func action(named text: String) -> Action? {
        let key = NameKey.bytes(of: text)
        return Action.allCases.first { action in
            action.title.all.contains { NameKey.bytes(of: $0) == key }
        }
    }
}
