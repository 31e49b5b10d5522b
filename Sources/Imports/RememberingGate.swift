package import Gate
import Glibc
import JSON
package import Ledger
import Portals
import Spreadsheet
import Validation

/// A gate with a memory: workbooks are judged by what was accepted before, and what they bring is
/// remembered in turn.
///
/// ```swift
/// var judged = try gate.judge(request)
/// let id = try gate.accept(&judged, inFolder: path) { Outcome($0, messages: messages) }
/// ```
package struct RememberingGate: Sendable {
    let gate: Gate
    package let ledger: any Ledger
    package let reseller: String
    package let stamp: Stamp
    /// Whether steps that nobody has seen to yet are made again.
    private let isForced: Bool

    /// Days after which the files kept of an upload go, unless told otherwise.
    package static let keptDayCount = 90

    /// How often a workbook is judged that loses what its verdict rests on to others.
    private static let tryCountMax = 3

    package init(
        _ gate: Gate, _ ledger: any Ledger, reseller: String, stamp: Stamp, isForced: Bool = false
    ) {
        self.gate = gate
        self.ledger = ledger
        self.reseller = reseller
        self.stamp = stamp
        self.isForced = isForced
    }

    package func scope(ofPortal portal: String) -> LedgerScope {
        LedgerScope(reseller: reseller, portal: portal)
    }

    /// Reads and judges a workbook.
    ///
    /// - Parameter progress: called now and then with how far it is.
    /// - Throws: what `Gate` throws, and `LedgerError`.
    package func judge(
        _ request: GateRequest, progress: @escaping (GateProgress) -> Void = { _ in }
    ) throws -> JudgedUpload {
        var request = request
        request.inputs = try inputs(request.inputs)
        let sha256 = try request.workbook.sha256
        let answer = LatestAnswer()
        let lists = ListAges(today: request.inputs.today)
        request.memory = { [ledger, reseller, isForced, stamp] question in
            let portal = question.definition.portal
            let latest = try ledger.answer(
                LedgerQuestion(
                    question, sha256: sha256, isForced: isForced, time: stamp.time),
                in: LedgerScope(reseller: reseller, portal: portal))
            answer.set(latest)
            var known = latest.known
            known.findings = lists.findings(latest.lists, of: question.definition)
            return known
        }
        let judgement = try gate.judge(request, progress: progress)
        return JudgedUpload(judgement: judgement, latest: answer)
    }

    /// Writes what comes of an upload and accepts its good rows, both or neither.
    ///
    /// - Parameters:
    ///   - path: the folder of the outcome.
    ///   - outcome: what is to be written of a verdict; called anew for each that was lost.
    /// - Returns: nil for a workbook that could not be judged.
    /// - Throws: `OutputError`, `LedgerError`: with `busy` for a workbook that lost to others time
    ///   and again.
    package func accept(
        _ upload: inout JudgedUpload, inFolder path: String,
        _ outcome: (inout Judgement) throws -> Outcome
    ) throws -> AcceptedUpload? {
        for attempt in 1...Self.tryCountMax {
            try findPending(&upload.judgement)
            let outcome = try outcome(&upload.judgement)
            guard let answer = upload.answer, let plan = upload.judgement.plan,
                let values = upload.judgement.values
            else { return nil }
            let progress = try since(answer.predecessor, values)
            if let id = try accept(upload.judgement, answer, plan, values, outcome, path) {
                return AcceptedUpload(
                    id: id, effects: outcome.effects, predecessor: answer.predecessor?.id,
                    progress: progress)
            }
            if attempt < Self.tryCountMax { try gate.judge(&upload.judgement) }
        }
        throw LedgerError(.busy, path: path)
    }

    private func findPending(_ judgement: inout Judgement) throws {
        guard let values = judgement.values else { return }
        judgement.pending = try ledger.pendingSteps(
            of: values.idsOfRecordsConcerned, in: scope(ofPortal: values.definition.portal))
    }

    /// From its beginning to its end the ledger knows of the files, and whose they are by who holds
    /// them: whatever happens here, `finishOutcomes` makes both agree, now or in the next command.
    private func accept(
        _ judgement: Judgement, _ answer: LedgerAnswer, _ plan: ValidationPlan,
        _ values: RecordValues, _ outcome: Outcome, _ path: String
    ) throws -> UploadID? {
        let pending = PendingOutcome(name: Self.randomName(), folder: Self.absolute(path))
        let hold = try ledger.keptFiles(named: pending.name).make()
        let accepted = Result {
            try ledger.begin(pending)
            try prepare(judgement, values, outcome, pending)
            let attempt = Attempt(
                answer: answer, outcome: pending,
                workbookName: judgement.request.workbook.name,
                sha256: try judgement.request.workbook.sha256,
                definitionVersion: plan.definition.version,
                counts: JSONWriter.object { judgement.counts.write(to: &$0) },
                effects: JSONWriter.object { outcome.effects.write(to: &$0) })
            return try ledger.accept(
                attempt, plan, in: scope(ofPortal: plan.definition.portal), by: stamp)
        }
        let finished = Result { try finish(pending) }
        hold.release()
        switch (accepted, finished) {
        case (.success(let id?), .failure(let error)):
            throw UnfinishedUpload(state: .accepted(id), underlying: error)
        case (.failure(let error), .success(true)):
            // It was accepted all the same: the disk failed when it was told.
            throw UnfinishedUpload(state: .accepted(nil), underlying: error)
        case (.failure(let error), .failure):
            throw UnfinishedUpload(state: .uncertain, underlying: error)
        case (.success(nil), .failure(let error)): throw error
        default: return try accepted.get()
        }
    }

    /// Writes all files of an attempt, and sees to it that they are on the disk.
    private func prepare(
        _ judgement: Judgement, _ values: RecordValues, _ outcome: Outcome,
        _ pending: PendingOutcome
    ) throws {
        let prepared = try outcome.prepare(
            inFolder: pending.folder, named: pending.name, keepsAccount: true)
        guard let prepared else { return }
        let files = ledger.keptFiles(named: pending.name)
        try judgement.request.workbook.copy(to: files.workbookPath, isPrivate: true)
        try files.write(values)
        try files.write(prepared.operations, values)
        try files.flush()
        try prepared.flush()
        prepared.leave()
    }

    /// Puts the folders of what was accepted in their places and removes those of what was not,
    /// where whoever wrote them is not at it any more.
    ///
    /// - Throws: `LedgerError`.
    package func finishOutcomes() throws {
        for outcome in try ledger.pendingOutcomes() {
            let files = ledger.keptFiles(named: outcome.name)
            let hold = files.hold()
            // Somebody is at it, unless its files are gone.
            if hold == nil && files.isThere { continue }
            do {
                _ = try finish(outcome)
            } catch is OutputError {
                // Its place is taken, or not there: somebody may make room for it.
                continue
            }
            // Held until here, so that nobody else is at it meanwhile.
            _ = consume hold
        }
        try ledger.removeOrphans()
    }

    /// Puts a folder in its place, or removes it.
    ///
    /// - Returns: whether the outcome was accepted.
    /// - Throws: `OutputError` when it cannot be put there, `LedgerError`.
    private func finish(_ outcome: PendingOutcome) throws -> Bool {
        let (folder, name) = (outcome.folder, outcome.name)
        // Asked anew: it may have been accepted, or finished, since.
        guard let now = try ledger.pendingOutcomes().first(where: { $0.name == name }) else {
            return false
        }
        if now.state != .accepted, try ledger.withdraw(now) {
            OutcomeFolder.removePartial(of: folder, name: name)
            ledger.keptFiles(named: name).remove()
            try ledger.settle(now)
            return false
        }
        try OutcomeFolder.finishPartial(of: folder, name: name)
        try ledger.settle(now)
        return true
    }

    /// Removes the files kept of uploads long ago: they hold names and addresses in the clear.
    ///
    /// - Returns: of how many uploads.
    @discardableResult
    package func expireFiles(afterDays dayCount: Int) throws -> Int {
        guard let today = CivilDate(iso: String(stamp.time.prefix(10))),
            let day = today.adding(days: -dayCount)
        else { return 0 }
        return try ledger.expireFiles(before: "\(day)T00:00:00Z", in: nil)
    }

    /// What the rows to fix of the last try have become; nil for a first one, and where its files
    /// are gone.
    package func progress(
        of upload: JudgedUpload
    ) throws -> (since: UploadID, progress: AttemptProgress)? {
        guard let last = upload.answer?.predecessor, let values = upload.judgement.values else {
            return nil
        }
        return try since(last, values).map { (last.id, $0) }
    }

    private func since(
        _ predecessor: AttemptEntry?, _ values: RecordValues
    ) throws -> AttemptProgress? {
        try predecessor.flatMap { try AttemptProgress(since: ledger.keptFiles(of: $0), values) }
    }

    private static func randomName() -> String {
        var generator = SystemRandomNumberGenerator()
        return String(generator.next() as UInt64, radix: 36)
            + String(generator.next() as UInt64, radix: 36)
    }

    private static func absolute(_ path: String) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { return path }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }
}
