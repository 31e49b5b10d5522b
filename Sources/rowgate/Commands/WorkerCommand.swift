import ArgumentParser
import Gate
import Workers
import Zip

/// `rowgate worker WORKBOOK -o DIR`: an import in a process that binds itself before it reads what
/// somebody sent. Started by `import --isolated` and by the server, which tell its progress.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Does what import does within limits on time and memory.")

    @OptionGroup var importing: ImportingOptions

    @Option(name: .customLong("as"), help: "What the workbook is called.")
    var name: String?

    @Option(help: ArgumentHelp("Cells that were mended since.", valueName: "file"))
    var corrections: String?

    @Option(
        help: ArgumentHelp(
            "Filled rows that are taken, of all sheets together.", valueName: "number"))
    var maxRows: Int?

    @Flag(help: "Writes what would come of it, and accepts nothing.")
    var preview = false

    @Option(
        help: ArgumentHelp(
            "Where a preview says what became of the rows to fix of the last try.",
            valueName: "file"))
    var since: String?

    @Option(
        help: ArgumentHelp(
            "What a preview of the last try kept with --returns: it is compared with that.",
            valueName: "file"))
    var after: String?

    @Option(
        help: ArgumentHelp(
            "Where a preview keeps what a later try is compared with.", valueName: "file"))
    var returns: String?

    @Option(help: ArgumentHelp("The report that somebody approved.", valueName: "sha256"))
    var approved: String?

    func run() throws {
        try Failure.reporting(in: importing.options.common.lang) { messages in
            var request = try importing.request()
            if let name { request.workbook = request.workbook.named(name) }
            if let maxRows { request.rowCountMax = maxRows }
            if let corrections { request.corrections = try CorrectionFile.read(corrections) }
            try WorkerLimits().bindProcess(
                forInflatedSize: Self.inflatedSize(of: request.workbook))
            let progress = WorkerProgress()
            if preview {
                throw try importing.preview(
                    request, messages,
                    files: PreviewFiles(
                        since: since, after: after, returns: returns), progress: progress.tell)
            }
            throw try importing.run(request, messages, approved: approved, progress: progress.tell)
        }
    }

    /// Bytes of all parts as the archive declares them, for which its directory alone is read; 0
    /// for what is no archive.
    private static func inflatedSize(of workbook: InputFile) -> UInt64 {
        do throws(ZipError) {
            let archive = try ZipArchive(reading: workbook.source)
            return archive.entries.reduce(0) { $0 &+ min($1.size, 1 << 40) }
        } catch {
            return 0
        }
    }
}
