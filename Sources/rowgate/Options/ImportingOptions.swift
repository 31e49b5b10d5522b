import ArgumentParser
import Catalogue
import Foundation
import Gate
import Imports
import JSON
import Ledger
import Portals
import Reports
import Validation

/// An import with all that may be said of it, as `import` and `worker` do it.
struct ImportingOptions: ParsableArguments {
    @OptionGroup var options: JudgingOptions

    @Option(
        name: .shortAndLong,
        help: ArgumentHelp(
            "The folder for the outcome: new, or an earlier outcome.", valueName: "dir"))
    var output: String

    @Option(help: "Hidden and filtered rows: take or leave.")
    var hidden: GateRequest.HiddenRows?

    @Flag(help: "Takes no row as long as one is wrong.")
    var allOrNothing = false

    @Option(
        help: ArgumentHelp(
            "Takes no row when more than this share is wrong.", valueName: "percent"))
    var maxRejected: Int?

    @Option(help: ArgumentHelp("Agrees to this number of paid packages.", valueName: "number"))
    var acceptCharges: Int?

    @Flag(help: "Goes on without a list of the names that exist.")
    var withoutDomainCheck = false

    @Flag(help: "Makes steps again that nobody has seen to yet. Needs --ledger.")
    var force = false

    func validate() throws {
        if let maxRejected, !(0...100).contains(maxRejected) {
            throw ValidationError("--max-rejected takes a share from 0 to 100.")
        }
    }

    /// Opens what is handed in.
    func request() throws -> GateRequest {
        if output == "-" { throw UsageError("An outcome is a folder: name one with -o.") }
        var request = try options.request()
        request.hiddenRows = hidden
        return request
    }

    /// Does the import and returns what the process ends with.
    ///
    /// - Parameters:
    ///   - approved: the digest of the report that somebody approved; nil: nobody was asked.
    ///   - progress: called now and then with how far it is.
    func run(
        _ request: GateRequest, _ messages: () throws -> Messages, approved: String? = nil,
        progress: @escaping (GateProgress) -> Void
    ) throws -> ExitCode {
        let telling = Telling(progress)
        if let ledger = try options.memory.open(.making) {
            return try run(
                request, ledger, try messages(), approved: approved, telling)
        }
        var judgement = try options.judge(request, progress: telling.note)
        telling.note(.writing)
        let messages = try messages()
        let outcome = try outcome(of: &judgement, messages)
        if judgement.verdicts != nil { try outcome.write(toFolder: output) }
        try report(judgement, outcome.effects, messages)
        return ExitStatus.of(judgement)
    }

    /// The same with a memory: what was accepted stays known.
    private func run(
        _ request: GateRequest, _ ledger: SQLiteLedger, _ messages: Messages, approved: String?,
        _ telling: Telling
    ) throws -> ExitCode {
        var (gate, upload) = try options.judge(
            request, ledger, isForced: force, progress: telling.note)
        telling.note(.writing)
        try gate.finishOutcomes()
        try gate.expireFiles(afterDays: options.memory.keepDays)
        let accepted = try gate.accept(&upload, inFolder: output) { judgement in
            let outcome = try outcome(of: &judgement, messages)
            if let approved, try outcome.reportDigest() != approved {
                throw ExitStatus.changedSince
            }
            return outcome
        }
        let judgement = upload.judgement
        try report(judgement, accepted?.effects ?? Effects(), messages)
        if let accepted { sayAccepted(accepted, messages) }
        return ExitStatus.of(judgement)
    }

    /// Writes what would come of it, and accepts nothing. A workbook that can't be judged leaves
    /// its report alone.
    func preview(
        _ request: GateRequest, _ messages: () throws -> Messages, files: PreviewFiles,
        progress: @escaping (GateProgress) -> Void
    ) throws -> ExitCode {
        let judgement: Judgement
        let telling = Telling(progress)
        if files.since != nil, let ledger = try options.memory.open(.reading) {
            let (gate, upload) = try options.judge(
                request, ledger, isForced: false, progress: telling.note)
            judgement = upload.judgement
            try files.write(judgement) { try gate.progress(of: upload) }
        } else {
            judgement = try options.judge(request, progress: telling.note)
        }
        telling.note(.writing)
        let messages = try messages()
        let outcome = Outcome(
            judgement, messages: messages, adopted: try adoptedTemplate(for: judgement))
        if judgement.verdicts != nil {
            try outcome.writePreview(toFolder: output)
        } else {
            try outcome.writeReport(toFolder: output)
        }
        return ExitStatus.of(judgement)
    }

    /// Tells how far it is, and after judging that the outcome is written.
    private final class Telling {
        private let tell: (GateProgress) -> Void
        private var last = GateProgress(.reading)

        init(_ tell: @escaping (GateProgress) -> Void) { self.tell = tell }

        func note(_ progress: GateProgress) {
            last = progress
            tell(progress)
        }

        func note(_ stage: GateProgress.Stage) { tell(last.at(stage)) }
    }

    /// What is to be written of a verdict.
    ///
    /// - Throws: `UsageError` when the import must not go on.
    private func outcome(
        of judgement: inout Judgement, _ messages: Messages
    ) throws -> Outcome {
        if let code = importOptions.refusal(of: judgement) {
            throw UsageError(refusal(code, judgement, messages))
        }
        if importOptions.acceptsNothing(of: judgement.counts) {
            Console.say(messages.fragment("rejected.nothing_taken"))
            judgement.acceptNothing()
        }
        return Outcome(
            judgement, messages: messages, acceptedCharges: acceptCharges,
            adopted: try adoptedTemplate(for: judgement))
    }

    private func report(
        _ judgement: Judgement, _ effects: Effects, _ messages: Messages
    ) throws {
        var sink = ConsoleSink()
        try TextReport(
            try judgement.facts(effects: effects, tellsDigests: false), messages: messages,
            isColoured: Console.usesColour
        ).write(to: &sink)
        if judgement.verdicts != nil { Console.say("The outcome is in \(output).") }
    }

    private func sayAccepted(_ upload: AcceptedUpload, _ messages: Messages) {
        Console.say(
            messages.fragment("upload.remembered", ["upload": "\(upload.id)"]))
        guard let last = upload.predecessor, let progress = upload.progress else { return }
        Console.say(
            messages.fragment(
                "upload.since",
                [
                    "upload": "\(last)", "fixed": "\(progress.fixed)",
                    "wrong": "\(progress.stillWrong)", "new": "\(progress.newlyWrong)",
                    "gone": "\(progress.gone)",
                ]))
    }

    private var importOptions: ImportOptions {
        var options = ImportOptions()
        options.allOrNothing = allOrNothing
        options.maxRejectedPercent = maxRejected
        options.withoutNames = withoutDomainCheck
        return options
    }

    private func adoptedTemplate(for judgement: Judgement) throws -> InputFile? {
        guard let portal = judgement.plan?.definition.portal else { return nil }
        let folder = TemplatesFolder(path: options.common.templatesFolder)
        return try folder.adoptedTemplate(of: portal).map { try InputFile(openingList: $0) }
    }

    private func refusal(_ code: Code, _ judgement: Judgement, _ messages: Messages) -> String {
        let definition = judgement.plan?.definition
        let list = definition?.directories.first?.title.text(in: messages.language)
        let arguments = [
            "count": "\(judgement.counts.hidden)",
            "portal": definition?.title ?? "",
            "list": list ?? "",
        ]
        let sentence = messages.sentence(code, arguments)
        return "\(sentence) \(messages.remedy(code, arguments)) [\(code.rawValue)]"
    }
}
