package import Gate
package import Ledger
import Portals
package import Validation

extension RememberingGate {
    /// Which steps of an upload somebody speaks of.
    package enum Steps: Sendable {
        /// Those that nobody has seen to yet.
        case open
        /// By their names, or their numbers in the batch; an operation's id stands for all of that
        /// kind that are open, or, to be taken back, that are not.
        case named([String])
    }

    /// Says what became of steps.
    ///
    /// - Returns: those that moved.
    /// - Throws: `LedgerError`, `UnknownStep`, `SupersededRow`.
    package func settle(
        _ steps: Steps, of upload: UploadID, as verdict: OperationVerdict, _ plan: ValidationPlan
    ) throws -> [OperationEntry] {
        let operations = try ledger.operations(of: upload, of: reseller)
        let chosen =
            switch steps {
            case .open: operations.filter(\.state.isOpen)
            case .named(let names):
                try names.flatMap {
                    try $0.steps(among: operations, toBe: verdict.state)
                }
            }
        return try ledger.move(
            Dictionary(chosen.map { ($0.sequence, verdict) }) { first, _ in first }, of: upload,
            plan, in: scope(ofPortal: plan.definition.portal), by: stamp)
    }

    /// Settles the steps of rows by what the portal's own list says: what is there as it was asked
    /// for is done. What is not there stays open: nobody knows whether it was refused or is on its
    /// way, or whether the list has all.
    ///
    /// A list says nothing of kinds of records that it does not have, nothing of emails, and of
    /// what was to go away only where it has something else that is known.
    ///
    /// - Parameter list: read as the customers of the portal are.
    package func settle(
        _ upload: UploadID, by list: KnownRecords, named name: String, _ plan: ValidationPlan
    ) throws -> [OperationEntry] {
        let operations = try ledger.operations(of: upload, of: reseller)
        let rows = try ledger.keptFiles(of: attempt(upload)).acceptedRows(of: plan)
        let scope = scope(ofPortal: plan.definition.portal)
        let own = try list.sheets(with: ledger.records(plan, in: scope), plan)
        var verdicts: [Int: OperationVerdict] = [:]
        for operation in operations where operation.state.isOpen {
            guard let sheet = operation.sheet, let number = operation.rowNumber,
                let row = rows[sheet]?[number], plan.definition.tells(operation, of: row),
                row.isDone(by: list, hasOwn: own.contains(sheet))
            else { continue }
            verdicts[operation.sequence] = OperationVerdict(.done, note: name)
        }
        return try ledger.move(verdicts, of: upload, plan, in: scope, by: stamp)
    }

    /// How many steps of an upload nobody has seen to yet.
    package func openCount(of upload: UploadID) throws -> Int {
        try ledger.operations(of: upload, of: reseller).count { $0.state.isOpen }
    }

    /// The upload that people call by a number.
    ///
    /// - Throws: `LedgerError` with `unknown`.
    package func attempt(_ upload: UploadID) throws -> AttemptEntry {
        try ledger.attempt(upload, of: reseller)
    }

    /// The workbook of an upload with the rows that the portal refused, to be written as one to
    /// fix; nil when none was, or the workbook is not kept any more.
    package func refused(
        _ upload: UploadID, among moved: [OperationEntry], _ inputs: KnownInputs
    ) throws -> Judgement? {
        var words: [StepPlace: String] = [:]
        let refused = moved.filter { $0.state == .refused }
        for step in refused where words[StepPlace(step)] == nil {
            // What failed first says why; the steps behind it had no chance.
            words[StepPlace(step)] = step.note ?? ""
        }
        let places = words.keys.map { (sheet: $0.sheet, number: $0.number) }
        for part in try ledger.parts(of: places, in: upload, of: reseller) {
            let (own, whole) = (StepPlace(part.sheet, part.number), StepPlace(part.whole))
            if words[own] == nil { words[own] = words[whole] ?? "" }
        }
        let refusals = words.filter { !$0.key.sheet.isEmpty }.map { place, words in
            PortalRefusal(sheet: place.sheet, rowNumber: place.number, words: words)
        }.sorted { ($0.sheet, $0.rowNumber) < ($1.sheet, $1.rowNumber) }
        if refusals.isEmpty { return nil }
        let entry = try attempt(upload)
        let path = ledger.keptFiles(of: entry).workbookPath
        let workbook = try InputFile(opening: path).named(entry.workbookName)
        var judgement = try gate.judge(
            GateRequest(workbook, portal: entry.portal, inputs: inputs))
        judgement.giveBack(refusals)
        return judgement
    }
}

/// The row that a step is for; of what is done once, the number of its step on no sheet.
private struct StepPlace: Hashable {
    let sheet: String
    let number: Int

    init(_ sheet: String, _ number: Int) { (self.sheet, self.number) = (sheet, number) }

    init(_ place: (sheet: String, number: Int)) { self.init(place.sheet, place.number) }

    init(_ step: OperationEntry) {
        self.init(step.sheet ?? "", step.rowNumber ?? step.sequence)
    }
}

/// Somebody named a step that an upload does not have.
package struct UnknownStep: Error {
    package let found: String
}

extension String {
    /// The steps that a name, a number or an operation's id stands for: `3`, `studio.upload`.
    fileprivate func steps(
        among operations: [OperationEntry], toBe state: OperationState
    ) throws -> [OperationEntry] {
        let steps = operations.filter { $0.name == self || "\($0.sequence)" == self }
        if !steps.isEmpty { return steps }
        let kind = operations.filter { $0.operation == self }
        if kind.isEmpty { throw UnknownStep(found: self) }
        return kind.filter { $0.state.isOpen == (state != .ready) }
    }
}

extension Definition {
    /// Whether a step is done once what its row asks for stands in the portal's list. That a
    /// company is there does not say that its administrator was invited, or has answered.
    fileprivate func tells(_ step: OperationEntry, of row: AcceptedRow) -> Bool {
        guard let operation = operations.first(where: { $0.id == step.operation }),
            operation.kind != .wait, !operation.isApart, let action = row.action
        else { return false }
        switch action {
        case .create, .update, .link: return operation.mail == nil || !operation.data.isEmpty
        case .delete, .unlink: return true
        case .invite: return sheets.contains { $0.id == row.sheet && !$0.makesRecords }
        case .resetPassword, .accept, .decline, .givePersonalRoom: return false
        }
    }
}

extension KnownRecords {
    /// The sheets of which it has a record that is known.
    fileprivate func sheets(with known: KnownRecords?, _ plan: ValidationPlan) -> Set<String> {
        var ids: Set<String> = []
        for (sheet, indexes) in zip(plan.definition.sheets, plan.recordIndexes.ofSheets) {
            let isAny = known?.records(ofSheet: sheet.id).contains { record in
                indexes.first?.key(of: record).flatMap { self.record(ofKey: $0, inSheet: sheet.id) }
                    != nil
            }
            if isAny == true { ids.insert(sheet.id) }
        }
        return ids
    }
}

extension AcceptedRow {
    /// Whether a portal's list says what the row asked for. A list need not tell every field.
    ///
    /// - Parameter hasOwn: whether the list has records of the row's kind that are known.
    fileprivate func isDone(by list: KnownRecords, hasOwn: Bool) -> Bool {
        let record = list.record(ofKey: key, inSheet: sheet)
        if action == .delete || action == .unlink { return hasOwn && record == nil }
        guard let record else { return false }
        return zip(values, record.values).allSatisfy { asked, found in
            guard let asked, let found else { return true }
            return asked.isEmpty || found.isEmpty || asked.lowercased() == found.lowercased()
        }
    }
}
