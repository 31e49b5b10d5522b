import Catalogue
package import Portals
import Spreadsheet
import Threads
package import Validation
import XLSX
import Zip

/// One workbook to one verdict: read, ask, judge. What is written of it is `Outcome`'s.
///
/// ```swift
/// let gate = try Gate(definitions)
/// let judgement = try gate.judge(request)
/// ```
package struct Gate {
    let plans: [ValidationPlan]
    /// Ids of all portals, for settings that speak of several.
    let portals: [String]

    /// - Parameter portals: ids of all portals there are; nil: those of the Definitions.
    /// - Throws: `DefinitionError` when the rules of a Definition make no sense.
    package init(
        _ definitions: [Definition], portals: [String]? = nil
    ) throws(DefinitionError) {
        self.portals = portals ?? definitions.map(\.portal)
        var plans: [ValidationPlan] = []
        for definition in definitions { plans.append(try ValidationPlan(for: definition)) }
        self.plans = plans
    }

    /// The portal of a name.
    ///
    /// - Throws: `UnknownPortal`.
    package func plan(ofPortal portal: String) throws(UnknownPortal) -> ValidationPlan {
        guard let plan = plans.first(where: { $0.definition.portal == portal }) else {
            throw UnknownPortal(found: portal, known: plans.map(\.definition.portal))
        }
        return plan
    }

    /// The plan with the columns that the reseller added to its sheets.
    ///
    /// - Throws: `DefinitionError` for settings.
    package func plan(
        _ plan: ValidationPlan, for inputs: KnownInputs
    ) throws(DefinitionError) -> ValidationPlan {
        let settings = try inputs.settings(of: plan.definition, portals: portals)
        let definition = try plan.definition.adding(columnsOf: settings)
        return definition.hasAddedColumns ? try ValidationPlan(for: definition) : plan
    }

    /// All that may be known about a portal, from what was handed in.
    package func known(of plan: ValidationPlan, _ inputs: KnownInputs) throws -> Known {
        try inputs.known(for: plan.definition, portals: portals)
    }

    /// Reads and judges a workbook. What is wrong with it is in the result, never thrown.
    ///
    /// - Parameter progress: called now and then with how far it is.
    /// - Throws: `ListFile.Failure` for a list that cannot be used, `DefinitionError` for settings.
    package func judge(
        _ request: GateRequest, progress: @escaping (GateProgress) -> Void = { _ in }
    ) throws -> Judgement {
        var judgement = Judgement(request)
        var lists: Deferred<Result<Known, any Error>>?
        do {
            let intake = WorkbookIntake(try open(request), progress: progress)
            var recognised = try intake.recognise(
                plans.map(\.definition), portal: request.portal)
            judgement.plan = try plans.first {
                $0.definition.portal == recognised.definition?.portal
            }.map { try plan($0, for: request.inputs) }
            if let definition = judgement.plan?.definition, definition.hasAddedColumns {
                recognised = try intake.recognise([definition], portal: definition.portal)
            }
            if let definition = recognised.definition, definition.templateVersion != nil {
                judgement.plan = try ValidationPlan(for: definition)
            }
            judgement.findings = recognised.findings
            lists = judgement.plan.map { plan in
                Deferred { Result { try known(of: plan, request.inputs) } }
            }
            if request.threadCount > 1 { lists?.begin() }
            let rows = try intake.read(recognised, rowCountMax: request.rowCountMax)
            judgement.findings += rows.findings
            if judgement.fileError == nil { judgement.store = rows.store }
        } catch let error as WorkbookError {
            judgement.findings = [FileFinding(error)]
        }
        guard let definition = judgement.plan?.definition, var store = judgement.store,
            let known = try lists?.value.get()
        else { return judgement }
        store.apply(request.corrections, of: definition)
        if request.hiddenRows == .leave {
            for sheet in store.sheets.indices { store.sheets[sheet].leaveOutHiddenRows() }
        }
        judgement.store = store
        judgement.inputs = known
        try judge(&judgement)
        return judgement
    }

    /// Asks what is remembered, and judges; again where something else is known by now.
    ///
    /// - Throws: what the memory throws.
    package func judge(_ judgement: inout Judgement) throws {
        guard let plan = judgement.plan, let store = judgement.store, var known = judgement.inputs
        else { return }
        if let memory = judgement.request.memory {
            let answer = try memory(plan.question(about: store))
            known.records = answer.records
            known.directories.merge(answer.directories) { given, _ in given }
            known.issued = answer.issued
            known.recent = answer.recent
            judgement.findings.removeAll { answer.findings.contains($0) }
            judgement.findings += answer.findings
        }
        judgement.known = known
        judgement.lacksNames = plan.definition.directories.contains { directory in
            directory.isNeeded && known.directories[directory.id] == nil
        }
        judgement.sendsAllBack = false
        judgement.verdicts = plan.judge(
            store, against: known, threadCount: judgement.request.threadCount)
    }

    private func open(_ request: GateRequest) throws(WorkbookError) -> Workbook {
        let workbook = try Workbook(
            opening: request.workbook.source, name: request.workbook.name,
            parallelism: Parallelism(threadCount: request.threadCount))
        guard !workbook.isMacroEnabled else {
            throw WorkbookError(.typeMacroEnabled, found: "macros", expected: "a workbook without")
        }
        return workbook
    }
}

/// Somebody named a portal that is not there.
package struct UnknownPortal: Error {
    package var found: String
    package var known: [String]

    package init(found: String, known: [String]) {
        self.found = found
        self.known = known
    }
}
