package import Catalogue
package import Gate
package import Ledger
import Portals
import Reports
package import Validation
import Zip

extension RememberingGate {
    /// What can be taken back of an upload.
    package func undoPlan(of upload: UploadID, _ plan: ValidationPlan) throws -> UndoPlan {
        let definition = plan.definition
        return UndoPlan(
            try ledger.changes(by: upload, plan, in: scope(ofPortal: definition.portal)),
            try ledger.operations(of: upload, of: reseller), of: definition)
    }

    /// Calls off the steps that nobody has seen to.
    ///
    /// - Parameter note: what stands beside them from then on.
    /// - Returns: how many.
    package func callOff(
        _ undo: UndoPlan, of upload: UploadID, note: String, _ plan: ValidationPlan
    ) throws -> Int {
        let left = try ledger.operations(of: upload, of: reseller).filter {
            !$0.state.isGivenBack
        }
        let steps = undo.stepsCalledOff(among: left)
        return try ledger.move(
            Dictionary(
                steps.map { ($0.sequence, OperationVerdict(.takenBack, note: note)) }
            ) { first, _ in first },
            of: upload, plan, in: scope(ofPortal: plan.definition.portal), by: stamp
        ).count
    }

    /// Remembers that somebody took an upload back, and what of it is left to be done by hand;
    /// nothing where there was nothing to take back.
    ///
    /// - Parameter counter: the upload whose steps take back what the portal had done.
    package func remember(
        _ undo: UndoPlan, of upload: UploadID, by counter: UploadID?, count: Int, note: String?,
        _ plan: ValidationPlan
    ) throws {
        let told = Set(
            try ledger.undoings(of: upload, of: reseller).flatMap(\.remainders).map(\.record))
        let byHand = undo.lines.filter { $0.fate == .byHand && !told.contains($0.change.id) }
            .map(\.change)
        if counter == nil && count == 0 && byHand.isEmpty { return }
        try ledger.add(
            Undoing(of: upload, counter: counter, count: count, note: note, by: stamp),
            byHand: byHand, plan.definition, in: scope(ofPortal: plan.definition.portal))
    }

    /// The workbook that takes back what the portal has done, as if somebody had filled it in.
    ///
    /// - Parameter name: what it is called from then on.
    package func workbook(
        of undo: UndoPlan, named name: String, _ plan: ValidationPlan, _ known: Known,
        _ messages: Messages
    ) throws -> InputFile {
        var known = known
        let (records, actions) = undo.rows(of: plan.definition)
        known.records = records
        let book = ExportWorkbook(plan, known: known, actions: actions, messages: messages)
        return InputFile(name: name, bytes: try book.write(to: MemorySink()).bytes)
    }
}
