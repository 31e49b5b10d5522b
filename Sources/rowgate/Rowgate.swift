import ArgumentParser

/// `rowgate`: the only place that puts the parts together and that reads the clock and the
/// environment.
@main
struct Rowgate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rowgate",
        abstract: "Checks a customers workbook before a portal does, and prepares the good rows.",
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, ImportCommand.self, TemplateCommand.self, PortalsCommand.self,
            InspectCommand.self, ExplainCommand.self, LimitsCommand.self,
        ])
}
