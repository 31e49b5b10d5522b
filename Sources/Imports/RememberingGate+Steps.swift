package import Gate
package import Ledger
import Portals
package import Validation

extension RememberingGate {
    /// Which steps of an upload somebody speaks of.
    package enum Steps: Sendable {
        /// Those that people see to and have not seen to yet.
        case open
        /// By their names, or their numbers in the batch.
        case named([String])
    }

    /// Says what became of steps.
    ///
    /// - Returns: those that moved.
    /// - Throws: `LedgerError`, `UnknownStep`.
    package func settle(
        _ steps: Steps, of upload: UploadID, as verdict: OperationVerdict, _ plan: ValidationPlan
    ) throws -> [OperationEntry] {
        let operations = try ledger.operations(of: upload, of: reseller)
        let chosen =
            switch steps {
            case .open: operations.filter { $0.isForPeople && $0.isOpen }
            case .named(let names): try names.flatMap { try $0.steps(among: operations) }
            }
        return try ledger.move(
            Dictionary(chosen.map { ($0.sequence, verdict) }) { first, _ in first }, of: upload,
            plan, in: scope(ofPortal: plan.definition.portal), by: stamp)
    }

    /// Settles the steps of rows by what the portal's own list says: what is there as it was asked
    /// for is done, what is not is refused.
    ///
    /// - Parameter list: read as the customers of the portal are.
    package func settle(
        _ upload: UploadID, by list: KnownRecords, named name: String, _ plan: ValidationPlan
    ) throws -> [OperationEntry] {
        let entry = try attempt(upload)
        let operations = try ledger.operations(of: upload, of: reseller)
        var verdicts: [Int: OperationVerdict] = [:]
        let rows = try ledger.keptFiles(of: entry).acceptedRows(of: plan)
        for operation in operations where operation.isForPeople && operation.isOpen {
            guard let sheet = operation.sheet, let number = operation.rowNumber,
                let row = rows[sheet]?[number]
            else { continue }
            verdicts[operation.sequence] =
                row.isDone(by: list)
                ? OperationVerdict(.done) : OperationVerdict(.refused, note: name)
        }
        return try ledger.move(
            verdicts, of: upload, plan, in: scope(ofPortal: plan.definition.portal), by: stamp)
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
        var refusals: [PortalRefusal] = []
        for operation in moved where operation.state == .refused {
            guard let sheet = operation.sheet, let number = operation.rowNumber,
                !refusals.contains(where: { $0.sheet == sheet && $0.rowNumber == number })
            else { continue }
            // What failed first says why; the steps behind it had no chance.
            refusals.append(
                PortalRefusal(sheet: sheet, rowNumber: number, words: operation.note ?? ""))
        }
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

/// Somebody named a step that an upload does not have.
package struct UnknownStep: Error {
    package let found: String
}

extension String {
    /// The steps that a name or number stands for: `3`, `studio.upload`, or all that begin with it
    /// up to a slash.
    fileprivate func steps(among operations: [OperationEntry]) throws -> [OperationEntry] {
        let steps = operations.filter {
            $0.name == self || "\($0.sequence)" == self || $0.operation == self
        }
        if steps.isEmpty { throw UnknownStep(found: self) }
        return steps
    }
}

extension OperationEntry {
    /// Whether a person sees to it, and not Rowgate.
    fileprivate var isForPeople: Bool { kind == "file" || kind == "manual" }
    fileprivate var isOpen: Bool { state == .ready || state == .handedOver }
}

extension AcceptedRow {
    /// Whether a portal's list says what the row asked for. A list need not tell every field.
    fileprivate func isDone(by list: KnownRecords) -> Bool {
        let record = list.record(ofKey: key, inSheet: sheet)
        if isDeletion { return record == nil }
        guard let record else { return false }
        return zip(values, record.values).allSatisfy { asked, found in
            guard let asked, let found else { return true }
            return asked.isEmpty || found.isEmpty || asked.lowercased() == found.lowercased()
        }
    }
}
