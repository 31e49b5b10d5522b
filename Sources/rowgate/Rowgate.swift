import ArgumentParser
import CProcess

/// `rowgate`: the only place that puts the parts together and that reads the clock and the
/// environment.
@main
struct Rowgate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rowgate",
        abstract: "Checks a customers workbook before a portal does, and prepares the good rows.",
        version: "0.1.0",
        subcommands: [
            CheckCommand.self, ImportCommand.self, TemplateCommand.self, PortalsCommand.self,
            ExportCommand.self, CompareCommand.self, AdoptCommand.self, HistoryCommand.self,
            DoneCommand.self, UndoCommand.self, DirectoryCommand.self, SettingsCommand.self,
            ForgetCommand.self,
            InspectCommand.self, ExplainCommand.self, LimitsCommand.self, WorkerCommand.self,
        ] + serving)

    /// None where the web stack was left out.
    private static var serving: [any ParsableCommand.Type] {
        #if canImport(Server)
            [ServeCommand.self]
        #else
            []
        #endif
    }

    /// Blocks from this size on, in bytes, go back to the system when they are freed. Without it
    /// the C library keeps ever larger ones: a million rows would take 16 MB more. Of smaller ones
    /// it keeps as much, as a thread that parses frees and takes them with every piece.
    private static let ownBlockSize: Int32 = 1 << 20

    /// Commands stay on the thread that the process began with: what binds a worker binds its
    /// threads from there on, and that one has the largest stack.
    @MainActor static func main() async {
        mallopt(M_MMAP_THRESHOLD, ownBlockSize)
        mallopt(M_TRIM_THRESHOLD, ownBlockSize)
        do {
            var command = try parseAsRoot()
            if var waiting = command as? any AsyncParsableCommand {
                try await waiting.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: error)
        }
    }
}
