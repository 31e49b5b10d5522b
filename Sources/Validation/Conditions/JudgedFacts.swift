package import Portals

/// What conditions ask of rows that have been judged.
///
/// A type of this room: other rooms can't have `RowCondition` specialized for theirs, and asking
/// through a protocol costs ten times as much.
package struct JudgedFacts: Sendable, RowFacts {
    package let values: RecordValues
    package let settings: Settings
    package let directories: [String: Directory]

    package init(
        _ values: RecordValues, _ settings: Settings, _ directories: [String: Directory] = [:]
    ) {
        self.values = values
        self.settings = settings
        self.directories = directories
    }

    var store: RowStore { _read { yield values.store } }
    var links: RecordLinks { _read { yield values.verdicts.links } }

    func column(sheet: Int, field: Int) -> CellColumn {
        values.column(sheet: sheet, field: field)
    }

    func action(sheet: Int, row: Int) -> Action { values.verdicts.actions[sheet][row] }

    /// Whether a condition holds for a row.
    ///
    /// - Parameter sheet: position in the store.
    package func meets(_ condition: RowCondition, row: Int, sheet: Int) -> Bool {
        condition.holds(row, of: sheet, in: self)
    }
}
