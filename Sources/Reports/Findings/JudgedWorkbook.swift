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

    func sheetDefinition(_ sheet: Int) -> SheetDefinition {
        definition.sheets[store.sheets[sheet].definitionIndex]
    }
}
