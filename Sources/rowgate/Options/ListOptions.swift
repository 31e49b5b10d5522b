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

    func inputs(_ common: CommonOptions) throws -> KnownInputs {
        var inputs = KnownInputs(today: try common.date())
        inputs.names = try domains.map { ListFile(try InputFile(openingList: $0)) }
        inputs.existing = try existing.map { ListFile(try InputFile(openingList: $0)) }
        inputs.settings = try common.settingsFile()
        inputs.assignments = common.assignments
        return inputs
    }
}
