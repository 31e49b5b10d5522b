import ArgumentParser
import Catalogue
import Gate
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
    /// - Parameter progress: called with the rows read so far.
    func run(
        _ request: GateRequest, _ messages: () throws -> Messages,
        progress: @escaping (Int) -> Void
    ) throws -> ExitCode {
        var judgement = try options.judge(request, progress: progress)
        let messages = try messages()
        if let code = importOptions.refusal(of: judgement) {
            throw UsageError(refusal(code, judgement, messages))
        }
        if importOptions.acceptsNothing(of: judgement.counts) {
            Console.say(messages.fragment("rejected.nothing_taken"))
            judgement.acceptNothing()
        }
        try finish(judgement, messages)
        return ExitStatus.of(judgement)
    }

    private func finish(_ judgement: Judgement, _ messages: Messages) throws {
        let outcome = Outcome(
            judgement, messages: messages, acceptedCharges: acceptCharges,
            adopted: try adoptedTemplate(for: judgement))
        if judgement.verdicts != nil { try outcome.write(toFolder: output) }
        var sink = ConsoleSink()
        try TextReport(
            try judgement.facts(effects: outcome.effects, tellsDigests: false), messages: messages,
            isColoured: Console.usesColour
        ).write(to: &sink)
        if judgement.verdicts != nil { Console.say("The outcome is in \(output).") }
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
