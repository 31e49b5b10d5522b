import ArgumentParser
import Gate

/// The lists that are handed in beside a workbook.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Names that exist: text, CSV or XLSX.", valueName: "file"))
    var domains: String?

    @Option(
        help: ArgumentHelp(
            "Customers that exist already: CSV or XLSX with the template's headers, or text.",
            valueName: "file"))
    var existing: String?

    /// - Parameter workbook: the workbook that is read too, which may be standard input.
    func inputs(_ common: CommonOptions, beside workbook: String? = nil) throws -> KnownInputs {
        let streams = [workbook, domains, existing, common.settings].filter { $0 == "-" }
        if streams.count > 1 { throw UsageError("Standard input can be only one of the files.") }
        var inputs = KnownInputs(today: try common.date())
        inputs.names = try domains.map { ListFile(try InputFile(openingList: $0)) }
        inputs.existing = try existing.map { ListFile(try InputFile(openingList: $0)) }
        inputs.settings = try common.settingsFile()
        inputs.assignments = common.assignments
        return inputs
    }
}
