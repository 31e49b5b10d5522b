import Catalogue
import Portals

/// Reads what each row asks for. A blank cell asks for a new record.
struct ActionColumn {
    private let allowed: [Action]
    private var byKey: [[UInt8]: Action] = [:]

    init(_ sheet: SheetDefinition) {
        allowed = sheet.actions.isEmpty ? [.create] : sheet.actions
        for action in allowed {
            for title in action.title.all { byKey[NameKey.bytes(of: title)] = action }
        }
    }

    func read(_ judging: inout Judging) {
        guard let column = judging.sheetStore.actionColumn else { return }
        let words = allowed.map(\.rawValue).joined(separator: ", ")
        var key: [UInt8] = []
        for row in judging.rows {
            let cell = judging.store.sheets[judging.sheet].cell(row: row, column: column)
            key.removeAll(keepingCapacity: true)
            CellText.with(cell, in: judging.store.texts) { NameKey.append($0, to: &key) }
            if key.isEmpty { continue }
            if let action = byKey[key] {
                judging.actions[judging.sheet][row] = action
                continue
            }
            judging.unreadActions[judging.sheet].insert(row)
            let value = Trimming.trimmed(judging.store.text(of: cell))
            judging.report(
                .actionNotAllowed, row,
                detail: FindingDetail(arguments: ["value": value, "list": words]))
        }
    }
}
