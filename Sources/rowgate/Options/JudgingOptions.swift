import ArgumentParser
import Gate
import Portals

/// What `check` and `import` both take.
struct JudgingOptions: ParsableArguments {
    @Argument(help: "The workbook; - for standard input.")
    var workbook: String

    @Option(help: "The portal, else it is recognised from the workbook.")
    var portal: String?

    @OptionGroup var lists: ListOptions
    @OptionGroup var common: CommonOptions

    func request() throws -> GateRequest {
        GateRequest(
            try InputFile(openingWorkbook: workbook), portal: portal,
            inputs: try lists.inputs(common, beside: workbook))
    }

    func judge(_ request: GateRequest) throws -> Judgement {
        let gate = try Gate(try common.definitions())
        if let portal { _ = try gate.plan(ofPortal: portal) }
        let bar = ProgressBar()
        defer { bar.finish() }
        return try gate.judge(request) { bar.show(rows: $0) }
    }
}
