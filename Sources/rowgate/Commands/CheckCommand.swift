import ArgumentParser
import Gate
import Glibc
import Reports
import Validation

/// `rowgate check WORKBOOK`: which rows are ready, which are to fix, and why.
struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Says which rows are ready and which are to fix.")

    @OptionGroup var options: JudgingOptions

    @Option(help: ArgumentHelp("Where the rows to fix go, as a workbook.", valueName: "file"))
    var rejected: String?

    @Option(help: "text, json, jsonl, tsv or html.")
    var format: ReportFormat = .text

    func run() throws {
        try Failure.reporting(in: options.common.lang) { messages in
            if rejected == "-" {
                throw UsageError("Standard output is the report's: name a file for --rejected.")
            }
            if let rejected, Self.isSameFile(rejected, options.workbook) {
                throw UsageError(
                    "--rejected names the workbook itself, whose other rows would be lost. "
                        + "Name another file.")
            }
            let bar = ProgressBar()
            let judgement = try options.judge(try options.request()) { bar.show(rows: $0.rowCount) }
            bar.finish()
            let messages = try messages()
            let outcome = Outcome(judgement, messages: messages)
            if let rejected { try outcome.writeRejected(to: rejected) }
            let facts = try judgement.facts(
                effects: outcome.effects, tellsDigests: format.tellsDigests)
            let report = try format.report(
                facts, messages: messages, isColoured: Console.usesColour)
            var sink = ConsoleSink()
            try report.write(to: &sink)
            throw ExitStatus.of(judgement)
        }
    }

    private static func isSameFile(_ path: String, _ other: String) -> Bool {
        var (one, two) = (stat(), stat())
        guard stat(path, &one) == 0, stat(other, &two) == 0 else { return false }
        return one.st_dev == two.st_dev && one.st_ino == two.st_ino
    }
}

extension ReportFormat: ExpressibleByArgument {}

extension ExitStatus {
    /// What a judged workbook ends with.
    static func of(_ judgement: Judgement) -> ExitCode {
        if judgement.verdicts == nil { return notJudged }
        return judgement.counts.rejected > 0 ? someToFix : allReady
    }
}

/// Standard output as a place for reports.
struct ConsoleSink: ReportSink {
    mutating func write(_ bytes: [UInt8]) throws {
        try Console.put(bytes[...])
    }
}
