package import Ledger
package import Portals
import Validation

/// What can be taken back of an upload, and what can't.
package struct UndoPlan: Sendable {
    package enum Fate: String, Sendable, CaseIterable {
        /// Nobody has seen to its steps: they are called off.
        case calledOff = "called_off"
        /// A row that deletes it.
        case deleted
        /// A row that gives it back its earlier values.
        case restored
        /// Something else changed it since.
        case kept
        /// The portal takes no such row.
        case byHand = "by_hand"
    }

    package struct Line: Sendable {
        package let fate: Fate
        package let change: RecordChange
        /// The sheet's title, and what the record is called.
        package let sheet: LocalizedText
        package let name: String
    }

    /// In the order in which they are taken back: what came last goes first.
    package let lines: [Line]
    /// How many steps were done that cost money or send mail all the same.
    package let spent: Int

    init(_ changes: [RecordChange], spent: Int, of definition: Definition) {
        lines = changes.reversed().map { change in
            let sheet = definition.sheets[change.sheet]
            let key = sheet.key.compactMap { id in
                sheet.fieldIndex(id).flatMap { change.values[$0] }
            }
            return Line(
                fate: Self.fate(of: change, sheet), change: change, sheet: sheet.title,
                name: key.joined(separator: ", "))
        }
        self.spent = spent
    }

    private static func fate(of change: RecordChange, _ sheet: SheetDefinition) -> Fate {
        if change.isChangedSince { return .kept }
        if !change.isDone { return .calledOff }
        switch change.kind {
        case .created: return sheet.actions.contains(.delete) ? .deleted : .byHand
        case .updated: return sheet.actions.contains(.update) ? .restored : .byHand
        case .deleted: return .byHand
        }
    }

    /// Whether rows must go to the portal.
    package var hasRows: Bool { lines.contains { $0.fate == .deleted || $0.fate == .restored } }

    /// What those rows say: records, and what is asked for each by its id.
    func rows(of definition: Definition) -> (records: KnownRecords, actions: [String: Action]) {
        var records = KnownRecords()
        var actions: [String: Action] = [:]
        for line in lines where line.fate == .deleted || line.fate == .restored {
            let change = line.change
            var values = change.values
            for (field, before) in change.before {
                values[field] = before.isEmpty ? Action.clearWord : before
            }
            actions[change.id] = line.fate == .deleted ? .delete : .update
            records.add(
                KnownRecord(values: values, origin: "", id: change.id),
                of: definition.sheets[change.sheet])
        }
        return (records, actions)
    }
}
