import ArgumentParser
import CProcess

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
            WorkerCommand.self,
        ])

    /// Blocks from this size on, in bytes, go back to the system when they are freed. Without it
    /// the C library keeps ever larger ones: a million rows would take 16 MB more.
    private static let ownBlockSize: Int32 = 1 << 20

    static func main() {
        mallopt(M_MMAP_THRESHOLD, ownBlockSize)
        main(nil)
    }
}
