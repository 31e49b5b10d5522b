package import Catalogue
import Glibc
import Portals
import Provisioning
import Reports
import Threads
package import Validation

/// What is written of a judgement: the rows to fix, and the folder of an import.
package struct Outcome: Sendable {
    let judgement: Judgement
    let messages: Messages
    let adopted: InputFile?
    /// Nil when the workbook could not be judged.
    private let plan: Deferred<BatchPlan>?

    /// - Parameters:
    ///   - acceptedCharges: the number of paid packages somebody agreed to.
    ///   - adopted: the portal's own template, if it is known.
    package init(
        _ judgement: Judgement, messages: Messages, acceptedCharges: Int? = nil,
        adopted: InputFile? = nil
    ) {
        self.judgement = judgement
        self.messages = messages
        self.adopted = adopted
        guard let values = judgement.values, let known = judgement.known else {
            plan = nil
            return
        }
        plan = Deferred {
            BatchPlan(
                values, settings: known.settings, directories: known.directories,
                pending: judgement.pending,
                acceptedCharges: acceptedCharges,
                language: messages.language, today: known.today)
        }
        if threadCount > 1 { plan?.begin() }
    }

    private var threadCount: Int { judgement.request.threadCount }

    package var effects: Effects { plan?.value.effects ?? Effects() }

    /// Writes the folder of an import: whole or not at all.
    ///
    /// - Throws: `OutputError`, and our own mistakes.
    package func write(toFolder path: String) throws {
        try prepare(inFolder: path, named: "\(getpid())", keepsAccount: false)?.finish()
    }

    /// What tells where each row begins in the report; it is for nobody but whoever shows them.
    private static let rowsName = "rows.tsv"

    /// Writes what people look at before they agree: no batch, as there is none yet.
    ///
    /// - Throws: `OutputError`, and our own mistakes.
    package func writePreview(toFolder path: String) throws {
        guard let plan else { return }
        let folder = try OutcomeFolder(
            path, ofWorkbook: try judgement.request.workbook.sha256, name: "\(getpid())")
        _ = try write(
            Kind.ofPreview, of: plan, toFolder: folder.partialPath, keepsAccount: false)
        try PreparedOutcome(folder: folder, operations: []).finish()
    }

    /// Writes the folder of an import beside its place, for whoever has more to do before it may
    /// appear there; nil when the workbook could not be judged.
    ///
    /// - Parameters:
    ///   - name: what it is told by until it is in its place.
    ///   - keepsAccount: whether the operations are handed out too.
    /// - Throws: `OutputError`, and our own mistakes.
    package func prepare(
        inFolder path: String, named name: String, keepsAccount: Bool
    ) throws -> PreparedOutcome? {
        guard let plan else { return nil }
        let folder = try OutcomeFolder(
            path, ofWorkbook: try judgement.request.workbook.sha256, name: name)
        let written = try write(
            Kind.byEffort, of: plan, toFolder: folder.partialPath, keepsAccount: keepsAccount)
        var files = OutcomeFiles(folder: folder.partialPath)
        try files.write(
            "manifest.json",
            try manifest(of: plan.value, Kind.allCases.flatMap { written[$0]?.written ?? [] }).bytes
        )
        return PreparedOutcome(folder: folder, operations: written[.batches]?.operations ?? [])
    }

    private func write(
        _ kinds: [Kind], of plan: Deferred<BatchPlan>, toFolder path: String, keepsAccount: Bool
    ) throws -> [Kind: OutcomeFiles] {
        let work = OrderedWork(threadCount: threadCount) { (kind: Kind) in
            Result {
                var files = OutcomeFiles(folder: path)
                try write(kind, of: plan, to: &files, keepsAccount)
                return files
            }
        }
        for kind in kinds { work.submit(kind) }
        var results: [Result<OutcomeFiles, any Error>] = []
        // All of them, also behind a failure: a folder must not go while something writes into it.
        while let result = work.next() { results.append(result) }
        var written: [Kind: OutcomeFiles] = [:]
        for (kind, result) in zip(kinds, results) { written[kind] = try result.get() }
        return written
    }

    /// The kinds of files, in the order in which the manifest names them. None needs another, so
    /// they are written at the same time.
    private enum Kind: CaseIterable {
        case report, rejected, changes, upload, batches, checklist, look, translations

        /// What the plan is not needed for comes first, as that is still being made; then what
        /// takes longest, so that no thread ends long after the others.
        static let byEffort: [Kind] = [
            .rejected, .batches, .upload, .changes, .report, .checklist,
        ]
        static let ofPreview: [Kind] = [.rejected, .upload, .changes, .look, .translations]
    }

    private func write(
        _ kind: Kind, of plan: Deferred<BatchPlan>, to files: inout OutcomeFiles,
        _ keepsAccount: Bool
    ) throws {
        switch kind {
        case .report: try files.write("report.json", report)
        case .look: try writeLook(of: plan.value, to: &files)
        case .translations: try writeTranslations(of: plan.value, to: &files)
        case .rejected:
            try forEachRejected(named: "rejected.xlsx") { workbook, part, name in
                try files.write(name) {
                    _ = try workbook.write(part: part, to: $0, threadCount: threadCount)
                }
            }
        case .changes:
            let changes = ChangesWorkbook(plan.value.values, messages: messages)
            if !changes.isEmpty {
                try files.write("changes.xlsx") { _ = try changes.write(to: $0) }
            }
        case .upload: try writeUpload(of: plan.value, to: &files)
        case .batches:
            try files.write(plan.value, keepsAccount: keepsAccount, threadCount: threadCount)
        case .checklist:
            let checklist = Checklist(plan.value)
            if !checklist.isEmpty { try files.write("checklist.txt", checklist) }
        }
    }

    /// The report for whoever shows it row by row, and for whoever reads it.
    private func writeLook(of plan: BatchPlan, to files: inout OutcomeFiles) throws {
        try files.write("report.json", report, rowsNamed: Self.rowsName)
        let facts = try judgement.facts(effects: plan.effects, tellsDigests: false)
        try files.write("report.html", HTMLReport(facts, messages: messages))
    }

    /// The same for who reads another language than the one who sent the workbook.
    private func writeTranslations(of plan: BatchPlan, to files: inout OutcomeFiles) throws {
        let facts = try judgement.facts(effects: plan.effects, tellsDigests: false)
        for language in Messages.languages where language != messages.language {
            try files.write(
                "report-\(language).json", try report(in: language),
                rowsNamed: "rows-\(language).tsv")
            try files.write(
                "report-\(language).html", HTMLReport(facts, messages: Messages(language: language))
            )
        }
    }

    /// The accepted rows in the portal's own template, or in a plain sheet until that is known.
    private func writeUpload(of plan: BatchPlan, to files: inout OutcomeFiles) throws {
        let parts = plan.rows(inFile: "upload")
        guard !parts.isEmpty, let definition = judgement.plan?.definition else { return }
        try files.write("upload.xlsx") { file in
            let sheets = parts.map {
                UploadRows(sheet: $0.sheet, rows: $0.rows, fields: $0.fields)
            }
            if let adopted {
                let template = try PortalTemplate(adopted, of: definition)
                let rows = try template.rows(among: sheets, of: plan.values.store)
                _ = try template.template.write(
                    plan.values, rows, to: file, threadCount: threadCount)
            } else {
                _ = try UploadWorkbook(plan.values, sheets: sheets)
                    .write(to: file, threadCount: threadCount)
            }
        }
    }

    /// Writes the rows to fix; no file when there is none. Beyond what one workbook takes, `-2`,
    /// `-3`, … stand before the ending of the next ones.
    ///
    /// - Throws: `OutputError`, and our own mistakes.
    package func writeRejected(to path: String) throws {
        try forEachRejected(named: path) { workbook, part, path in
            try AtomicFile.write(path) {
                _ = try workbook.write(part: part, to: $0, threadCount: threadCount)
            }
        }
    }

    private func forEachRejected(
        named first: String, _ body: (RejectedWorkbook, Int, String) throws -> Void
    ) throws {
        guard let plan = judgement.plan, let store = judgement.store,
            let verdicts = judgement.verdicts, let known = judgement.known
        else { return }
        let workbook = RejectedWorkbook(
            JudgedWorkbook(verdicts.storeAfterRenames ?? store, verdicts, of: plan.definition),
            plan: plan, known: known,
            messages: messages, fileFindings: judgement.findings,
            holdsAllRows: judgement.sendsAllBack,
            isRemembered: judgement.request.memory != nil)
        for part in 0..<workbook.partCount {
            let name = first.lastIndex(of: "/").map { first.index(after: $0) } ?? first.startIndex
            let dot = first[name...].lastIndex(of: ".") ?? first.endIndex
            let number = part == 0 ? "" : "-\(part + 1)"
            try body(workbook, part, "\(first[..<dot])\(number)\(first[dot...])")
        }
    }

    private func manifest(of plan: BatchPlan, _ files: [OutputFile]) throws -> Manifest {
        let request = judgement.request
        var manifest = Manifest(
            plan, files: files,
            workbook: .init(name: request.workbook.name, sha256: try request.workbook.sha256),
            inputs: try request.inputs.digests().map { .init(name: $0.name, sha256: $0.sha256) },
            today: request.inputs.today)
        manifest.isTemplateGuessed = adopted == nil && !plan.rows(inFile: "upload").isEmpty
        manifest.warnings = warnings(of: manifest)
        return manifest
    }

    /// What must be read before anything is done with the files.
    private func warnings(of manifest: Manifest) -> [Manifest.Warning] {
        guard let definition = judgement.plan?.definition else { return [] }
        var codes: [Code] = judgement.lacksNames ? [.domainUnverified] : []
        if manifest.isTemplateGuessed { codes.append(.templateGuessed) }
        let list = definition.directories.first?.title.text(in: messages.language)
        let arguments = [
            "portal": definition.title, "list": list ?? "", "count": "\(manifest.counts.accepted)",
        ]
        return codes.map { code in
            let text = [messages.sentence(code, arguments), messages.remedy(code, arguments)]
            return .init(code, message: text.joined(separator: " "))
        }
    }
}
