import ArgumentParser
import Catalogue
import Gate
import Imports
import Ledger
import Portals
import Validation

/// What `check` and `import` both take.
struct JudgingOptions: ParsableArguments {
    @Argument(help: "The workbook; - for standard input.")
    var workbook: String

    @Option(help: "The portal, else it is recognised from the workbook.")
    var portal: String?

    @OptionGroup var lists: ListOptions
    @OptionGroup var memory: LedgerOptions
    @OptionGroup var common: CommonOptions

    func request() throws -> GateRequest {
        if memory.ledger != nil && lists.existing != nil {
            throw UsageError(
                "--existing is for those who remember nothing. Let the ledger learn your customers "
                    + "once: rowgate adopt PORTAL WORKBOOK --ledger FILE.")
        }
        var request = GateRequest(
            try InputFile(openingWorkbook: workbook), portal: portal,
            inputs: try lists.inputs(common, beside: workbook))
        request.threadCount = try ThreadCount.ofProcess()
        return request
    }

    private func sayMisfits(of judgement: Judgement) {
        guard let plan = judgement.plan, let lists = judgement.known?.directories else { return }
        for directory in plan.definition.directories {
            guard let names = lists[directory.id] else { continue }
            let count = plan.misfitCount(in: names, ofDirectory: directory.id)
            if count > 0 {
                Console.say("\(count) of the \(names.count) names in your list look unusual; kept.")
            }
        }
    }

    /// - Parameter progress: called now and then with how far it is.
    func judge(
        _ request: GateRequest, progress: @escaping (GateProgress) -> Void
    ) throws -> Judgement {
        if let ledger = try memory.open(.reading) {
            return try judge(request, ledger, isForced: false, progress: progress).upload.judgement
        }
        return try judgeWithoutMemory(request, progress: progress)
    }

    /// - Returns: the verdict, with the gate that gave it.
    func judge(
        _ request: GateRequest, _ ledger: SQLiteLedger, isForced: Bool,
        progress: @escaping (GateProgress) -> Void
    ) throws -> (gate: RememberingGate, upload: JudgedUpload) {
        var gate = try memory.gate(try common.gate(portal: portal), ledger, isForced: isForced)
        var upload = try gate.judge(request, progress: progress)
        if upload.judgement.fileError == .templateOtherPortal {
            // What that portal is called only its own Definition tells.
            gate = try memory.gate(try common.gate(), ledger, isForced: isForced)
            upload = try gate.judge(request, progress: progress)
        }
        sayMisfits(of: upload.judgement)
        return (gate, upload)
    }
    private func judgeWithoutMemory(
        _ request: GateRequest, progress: @escaping (GateProgress) -> Void
    ) throws -> Judgement {
        var judgement = try common.gate(portal: portal).judge(request, progress: progress)
        if judgement.fileError == .templateOtherPortal {
            // What that portal is called only its own Definition tells.
            judgement = try common.gate().judge(request, progress: progress)
        }
        sayMisfits(of: judgement)
        judgement.releaseLists()
        return judgement
    }
}
