package import Portals
package import Validation

/// A store with the verdicts on it and the Definition they follow from.
package struct JudgedWorkbook: Sendable {
    package let definition: Definition
    package let store: RowStore
    package let verdicts: Verdicts

    package init(_ store: RowStore, _ verdicts: Verdicts, of definition: Definition) {
        self.store = store
        self.verdicts = verdicts
        self.definition = definition
    }

    /// Whether a row to fix belongs to one that is ready and new: who does not remember that one,
    /// does not know what the row to fix belongs to when it comes again.
    var hasRejectedBelowReady: Bool {
        store.sheets.indices.contains { sheet in
            let definition = sheetDefinition(sheet)
            let fields = definition.fields.indices.filter {
                definition.reference(ofField: definition.fields[$0].id) != nil
            }
            let states = verdicts.states[sheet]
            return !fields.isEmpty
                && states.indices.contains { row in
                    states[row] == .rejected
                        && fields.contains { isNewAndReady(sheet: sheet, row: row, field: $0) }
                }
        }
    }

    private func isNewAndReady(sheet: Int, row: Int, field: Int) -> Bool {
        guard let target = verdicts.links.target(sheet: sheet, row: row, field: field),
            !target.isKnown, verdicts.states[target.sheet][target.index] == .accepted
        else { return false }
        return verdicts.links.record(sheet: target.sheet, row: target.index) == nil
    }

    func sheetDefinition(_ sheet: Int) -> SheetDefinition {
        definition.sheets[store.sheets[sheet].definitionIndex]
    }
}
