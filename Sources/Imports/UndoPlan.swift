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
        package internal(set) var change: RecordChange
        /// The sheet's title, and what the record is called.
        package let sheet: LocalizedText
        package let name: String
        private let titles: [LocalizedText]

        /// The titles of the fields that stay as something else has changed them since; empty where
        /// it is no matter of fields.
        package var fieldsKept: [LocalizedText] {
            fate == .kept ? change.before.keys.sorted().map { titles[$0] } : []
        }

        init(_ fate: Fate, _ change: RecordChange, _ sheet: SheetDefinition) {
            (self.fate, self.change) = (fate, change)
            self.sheet = sheet.title
            titles = sheet.fields.map(\.title)
            name = sheet.key.compactMap { id in
                sheet.fieldIndex(id).flatMap { change.values[$0] }
            }.joined(separator: ", ")
        }
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
    package private(set) var lines: [Line] = []
    package let steps: [Step]
    /// What nobody has seen to and nothing has changed since.
    private let calledOff: [RecordChange]
    /// How many steps were done that cost money or send mail all the same.
    package let spent: Int

    /// - Parameter operations: all of the upload.
    init(
        _ changes: [RecordChange], _ operations: [OperationEntry], of definition: Definition
    ) {
        let spending = Set(
            definition.operations.filter { $0.charge != nil || $0.mail != nil }.map(\.id))
        spent = operations.count { $0.state == .done && spending.contains($0.operation) }
        let changed = Set(changes.filter { $0.step == nil }.map(\.row))
        steps = operations.filter { $0.state == .ready }.compactMap { step in
            guard let row = step.row, !changed.contains(row),
                let sheet = definition.sheets.first(where: { $0.id == step.sheet })
            else { return nil }
            return Step(sheet: sheet.title, name: step.subject, sequence: step.sequence)
        }
        calledOff = changes.filter { !$0.isDone && !$0.isChangedSince }
        let deletions = Set(changes.filter { $0.kind == .deleted }.map(\.row))
        let made = Set(changes.filter { $0.kind == .created }.map(\.id))
        let gone = Set(
            changes.filter { change in
                let fate = Self.fate(of: change, definition, deletions, [])
                return change.kind == .created && (fate == .deleted || fate == .calledOff)
            }.map(\.id))
        var positions: [String: Int] = [:]
        for change in changes.reversed() {
            // What is made goes, or stays, with all that the portal has of it.
            if change.step != nil, made.contains(change.id), change.isDone { continue }
            let fate = Self.fate(of: change, definition, deletions, gone)
            // Several steps may have changed a record: what becomes of it is said once.
            if let other = positions["\(fate)\t\(change.id)"] {
                lines[other].change.before.merge(change.before) { own, _ in own }
                continue
            }
            positions["\(fate)\t\(change.id)"] = lines.count
            lines.append(Line(fate, change, definition.sheets[change.sheet]))
        }
    }

    /// - Parameters:
    ///   - deletions: rows that deleted something.
    ///   - gone: what is not there any more once the upload is taken back.
    private static func fate(
        of change: RecordChange, _ definition: Definition, _ deletions: Set<String>,
        _ gone: Set<String>
    ) -> Fate {
        let sheet = definition.sheets[change.sheet]
        if change.isChangedSince { return .kept }
        if !change.isDone { return .calledOff }
        switch change.kind {
        case .created where sheet.makesLinks:
            return sheet.actions.contains(.unlink) ? .unlinked : .byHand
        case .created: return sheet.actions.contains(.delete) ? .deleted : .byHand
        case .updated:
            return sheet.makesLinks || sheet.actions.contains(.update) ? .restored : .byHand
        // What was deleted is not there to be linked, nor is what the undo deletes.
        case .dropped:
            return !deletions.contains(change.row) && change.canBeLinked(without: gone)
                ? .linked : .byHand
        case .deleted:
            return sheet.makesLinks && change.canBeLinked(without: gone) ? .linked : .byHand
        }
    }

    /// The steps of an upload that are called off.
    ///
    /// - Parameter left: those that are not given back.
    func stepsCalledOff(among left: [OperationEntry]) -> [OperationEntry] {
        let rows = Set(calledOff.filter { $0.step == nil }.map(\.row))
        let sequences = Set(steps.map(\.sequence)).union(calledOff.compactMap(\.step))
        let called = left.filter { step in
            sequences.contains(step.sequence) || step.row.map(rows.contains) ?? false
        }
        // What else is done once was to be done for these.
        let once = left.filter { $0.sheet == nil && !sequences.contains($0.sequence) }
        return called.count + once.count == left.count
            ? called + once.filter(\.state.isOpen) : called
    }

    /// Whether rows must go to the portal.
    package var hasRows: Bool { lines.contains { $0.fate.isRow } }

    /// What those rows say: records, and what is asked for each by its id.
    func rows(of definition: Definition) -> (records: KnownRecords, actions: [String: Action]) {
        var records = KnownRecords()
        var actions: [String: Action] = [:]
        let calledOff = Dictionary(grouping: calledOff, by: \.id)
        for line in lines where line.fate.isRow {
            let change = line.change
            let sheet = definition.sheets[change.sheet]
            var values = change.values
            for other in calledOff[change.id] ?? [] {
                for (field, before) in other.before { values[field] = before }
            }
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

    /// Whether all that a link joins is there once something is gone.
    fileprivate func canBeLinked(without gone: Set<String>) -> Bool {
        ends.map(gone.isDisjoint) ?? false
    }
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
