import Catalogue
import Portals

/// Reads what each row asks for. A blank cell asks for a new record, or what the Definition says;
/// in a row that was exported, for an update.
struct ActionColumn {
    private let allowed: [Action]
    private let isBlankRead: Bool
    private var byKey: [[UInt8]: Action] = [:]

    init(_ sheet: SheetDefinition) {
        allowed = sheet.actions.isEmpty ? [.create] : sheet.actions
        isBlankRead = sheet.actionOfBlank != nil
        for action in allowed {
            for title in action.title.all { byKey[NameKey.bytes(of: title)] = action }
        }
    }

    func read(_ judging: inout Judging) {
        let words = allowed.map(\.rawValue).joined(separator: ", ")
        updateExported(&judging)
        guard let column = judging.sheetStore.actionColumn else {
            if isBlankRead { return }
            for row in judging.rows { refuse("", row, words, &judging) }
            return
        }
        var key: [UInt8] = []
        for row in judging.rows {
            let cell = judging.store.sheets[judging.sheet].cell(row: row, column: column)
            key.removeAll(keepingCapacity: true)
            CellText.with(cell, in: judging.store.texts) { NameKey.append($0, to: &key) }
            if key.isEmpty && isBlankRead { continue }
            if let action = byKey[key] {
                judging.actions[judging.sheet][row] = action
                continue
            }
            let value = Trimming.trimmed(judging.store.text(of: cell))
            refuse(value, row, words, &judging)
        }
    }

    /// Rows with an id are about what is known already.
    private func updateExported(_ judging: inout Judging) {
        guard judging.sheetStore.idColumn != nil, allowed.contains(.update) else { return }
        for row in judging.rows where judging.store.id(sheet: judging.sheet, row: row) != nil {
            judging.actions[judging.sheet][row] = .update
        }
    }

    private func refuse(
        _ value: String, _ row: Int, _ words: String, _ judging: inout Judging
    ) {
        judging.unreadActions[judging.sheet].insert(row)
        judging.report(
            value.isEmpty ? .actionRequired : .actionNotAllowed, row,
            detail: FindingDetail(
                arguments: value.isEmpty ? ["list": words] : ["value": value, "list": words]))
    }
}
