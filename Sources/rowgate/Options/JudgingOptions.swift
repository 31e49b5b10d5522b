import ArgumentParser
import Gate
import Portals

/// What `check` and `import` both take.
struct JudgingOptions: ParsableArguments {
    @Argument(help: "The workbook; - for standard input.")
    var workbook: String

    @Option(help: "The portal, else it is recognised from the workbook.")
    var portal: String?

    @Option(help: ArgumentHelp("Names that exist: text, CSV or XLSX.", valueName: "file"))
    var domains: String?

    @Option(
        help: ArgumentHelp(
            "Customers that exist already: CSV or XLSX with the template's headers, or text.",
            valueName: "file"))
    var existing: String?

    @OptionGroup var common: CommonOptions

    func request() throws -> GateRequest {
        var request = GateRequest(try InputFile(openingWorkbook: workbook), today: try common.date())
        request.portal = portal
        request.names = try domains.map { ListFile(try InputFile(openingList: $0)) }
        request.existing = try existing.map { ListFile(try InputFile(openingList: $0)) }
        request.settings = try common.settingsFile()
        request.assignments = common.assignments
        return request
    }

    func gate() throws -> Gate {
        let definitions = try common.definitions()
        if let portal, !definitions.contains(where: { $0.portal == portal }) {
            let known = definitions.map(\.portal).joined(separator: ", ")
            throw UsageError("There is no portal “\(portal)”. Known: \(known).")
        }
        return try Gate(definitions)
    }

    func judge(_ request: GateRequest) throws -> Judgement {
        let bar = ProgressBar()
        defer { bar.finish() }
        return try gate().judge(request) { bar.show(rows: $0) }
    }
}
