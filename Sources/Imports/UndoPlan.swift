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
        /// A row that takes the link away.
        case unlinked
        /// A row that links them again.
        case linked
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

    /// What changed no record and nobody has seen to: mails that were not sent, answers that were
    /// not given. It is called off.
    package struct Step: Sendable {
        /// The sheet's title, and what the step is about.
        package let sheet: LocalizedText
        package let name: String
        let sequence: Int
    }

    /// In the order in which they are taken back: what came last goes first.
    package let lines: [Line]
    package let steps: [Step]
    /// How many steps were done that cost money or send mail all the same.
    package let spent: Int

    /// - Parameter operations: all of the upload.
    init(
        _ changes: [RecordChange], _ operations: [OperationEntry], of definition: Definition
    ) {
        let spending = Set(
            definition.operations.filter { $0.charge != nil || $0.mail != nil }.map(\.id))
        spent = operations.count { $0.state == .done && spending.contains($0.operation) }
        let changed = Set(changes.map(\.row))
        steps = operations.filter { $0.state == .ready }.compactMap { step in
            guard let row = step.row, !changed.contains(row),
                let sheet = definition.sheets.first(where: { $0.id == step.sheet })
            else { return nil }
            return Step(sheet: sheet.title, name: step.subject, sequence: step.sequence)
        }
        let deletions = Set(changes.filter { $0.kind == .deleted }.map(\.row))
        lines = changes.reversed().map { change in
            let sheet = definition.sheets[change.sheet]
            let key = sheet.key.compactMap { id in
                sheet.fieldIndex(id).flatMap { change.values[$0] }
            }
            return Line(
                fate: Self.fate(of: change, sheet, deletions), change: change, sheet: sheet.title,
                name: key.joined(separator: ", "))
        }
    }

    /// - Parameter deletions: rows that deleted something.
    private static func fate(
        of change: RecordChange, _ sheet: SheetDefinition, _ deletions: Set<String>
    ) -> Fate {
        if change.isChangedSince { return .kept }
        if !change.isDone { return .calledOff }
        switch change.kind {
        case .created where sheet.makesLinks:
            return sheet.actions.contains(.unlink) ? .unlinked : .byHand
        case .created: return sheet.actions.contains(.delete) ? .deleted : .byHand
        case .updated:
            return sheet.makesLinks || sheet.actions.contains(.update) ? .restored : .byHand
        // What was deleted is not there to be linked.
        case .dropped: return deletions.contains(change.row) ? .byHand : .linked
        case .deleted: return sheet.makesLinks ? .linked : .byHand
        }
    }

    /// Whether rows must go to the portal.
    package var hasRows: Bool { lines.contains { $0.fate.isRow } }

    /// What those rows say: records, and what is asked for each by its id.
    func rows(of definition: Definition) -> (records: KnownRecords, actions: [String: Action]) {
        var records = KnownRecords()
        var actions: [String: Action] = [:]
        for line in lines where line.fate.isRow {
            let change = line.change
            let sheet = definition.sheets[change.sheet]
            var values = change.values
            for (field, before) in change.before {
                values[field] = before.isEmpty ? Action.clearWord : before
            }
            actions[change.id] = line.fate.action(on: sheet)
            records.add(
                KnownRecord(values: values, origin: "", id: change.id), of: sheet)
        }
        return (records, actions)
    }
}

extension UndoPlan.Fate {
    fileprivate var isRow: Bool {
        switch self {
        case .deleted, .restored, .unlinked, .linked: true
        case .calledOff, .kept, .byHand: false
        }
    }

    /// What such a row asks for.
    fileprivate func action(on sheet: SheetDefinition) -> Action {
        switch self {
        case .deleted: .delete
        case .unlinked: .unlink
        default: sheet.makesLinks ? .link : .update
        }
    }
}

extension RecordChange {
    /// The row that did it.
    var row: String { "\(rowSheet)\t\(rowNumber)" }
}

extension OperationEntry {
    /// The row that it is for; nil for what is done once.
    var row: String? {
        guard let sheet, let rowNumber else { return nil }
        return "\(sheet)\t\(rowNumber)"
    }

    /// What it is about, as its name has it: `Acme, Board`.
    fileprivate var subject: String {
        name.split(separator: "/").dropFirst().map(PercentEncoding.decoded)
            .joined(separator: ", ")
    }
}
