import ArgumentParser
import Gate

/// The lists that are handed in beside a workbook.
struct ListOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Names that exist: text, CSV or XLSX.", valueName: "file"))
    var domains: String?

    @Option(
        name: .customLong("list"),
        help: ArgumentHelp(
            "Names of another list of the portal: text, CSV or XLSX.", valueName: "name=file"))
    var lists: [String] = []

    @Option(
        help: ArgumentHelp(
            "Customers that exist already: text, or CSV or XLSX with the headers of the workbook.",
            valueName: "file"))
    var existing: String?

    /// - Parameter workbook: the workbook that is read too, which may be standard input.
    func inputs(_ common: CommonOptions, beside workbook: String? = nil) throws -> KnownInputs {
        let named = try lists.map(Self.named)
        let streams = ([workbook, domains, existing, common.settings] + named.map(\.path))
            .filter { $0 == "-" }
        if streams.count > 1 { throw UsageError("Standard input can be only one of the files.") }
        var inputs = try common.inputs()
        inputs.names = try domains.map { ListFile(try InputFile(openingList: $0)) }
        inputs.lists = try named.map { ($0.id, ListFile(try InputFile(openingList: $0.path))) }
        inputs.existing = try existing.map { ListFile(try InputFile(openingList: $0)) }
        return inputs
    }

    /// Reads `name=file`.
    private static func named(_ text: String) throws -> (id: String, path: String) {
        let parts = text.split(separator: "=", maxSplits: 1)
        guard parts.count == 2 else { throw UsageError("--list takes name=file, not “\(text)”.") }
        return (String(parts[0]), String(parts[1]))
    }
}
