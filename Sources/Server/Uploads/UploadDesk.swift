import Catalogue
import Foundation
import Glibc
import Ledger
import Logging
import Workers

/// Where uploads wait until a worker is free: a bounded number at a time, and one reseller's after
/// another's, so that nobody waits for all that somebody else brought.
actor UploadDesk {
    private let site: SiteConfiguration
    private let memory: any SiteMemory
    private let commands: SiteCommands
    private let logger: Logger
    /// Those that wait, by reseller; resellers in the order of their turns.
    private var waiting: [String: [SiteUpload]] = [:]
    private var turns: [String] = []
    /// What ends the work on each upload that somebody is at.
    private var running: [String: WorkerStop] = [:]
    private let progress = UploadProgress()

    init(_ site: SiteConfiguration, _ memory: any SiteMemory, _ logger: Logger) {
        self.logger = logger
        self.site = site
        self.memory = memory
        commands = SiteCommands(configuration: site)
    }

    /// Goes on with what an earlier run of the server left. What came since is not among it.
    func resume() throws {
        for var upload in try memory.unfinishedUploads() where !has(upload) {
            if upload.state == .checking {
                upload.state = .waiting
                guard try memory.update(upload, from: .checking) else { continue }
            }
            enqueue(upload)
        }
    }

    /// Removes what a server that was killed had begun to take in.
    func removeLeftovers() async {
        let moment = site.now() - SiteLimits.leftoverSeconds
        do {
            try await Blocking.run { [site, memory] in
                site.files.removeLeftovers(besides: try memory.uploadIDs(), before: moment)
            }
        } catch {
            logger.error("leftovers stay until the next time: \(error)")
        }
    }

    private func has(_ upload: SiteUpload) -> Bool {
        running[upload.id] != nil || position(of: upload) != nil
    }

    func enqueue(_ upload: SiteUpload) {
        if waiting[upload.reseller] == nil { turns.append(upload.reseller) }
        waiting[upload.reseller, default: []].append(upload)
        startNext()
    }

    /// How many wait of a reseller.
    func waitingCount(of reseller: String) -> Int { waiting[reseller]?.count ?? 0 }

    /// Uploads that are looked at before one; nil for one that does not wait.
    func position(of upload: SiteUpload) -> Int? {
        waiting[upload.reseller]?.firstIndex { $0.id == upload.id }
    }

    /// How far somebody is with an upload; nil for another, as a worker's last word can outlive its
    /// work by a moment.
    nonisolated func sight(of upload: SiteUpload) -> WorkerSight? {
        guard upload.state == .checking || upload.state == .accepting else { return nil }
        return progress.sight(of: upload.id)
    }

    private func startNext() {
        while running.count < site.workerCountMax, let reseller = turns.first {
            turns.removeFirst()
            guard var queue = waiting[reseller], let upload = queue.first else { continue }
            queue.removeFirst()
            waiting[reseller] = queue.isEmpty ? nil : queue
            if !queue.isEmpty { turns.append(reseller) }
            let stop = WorkerStop()
            running[upload.id] = stop
            Task { await work(on: upload, until: stop) }
        }
    }

    /// Ends the work on an upload that was called off.
    func stop(_ upload: SiteUpload) { running[upload.id]?.stop() }

    private func work(on upload: SiteUpload, until stop: WorkerStop) async {
        var isShort = false
        do {
            if upload.state == .accepting {
                try await accept(upload)
            } else {
                try await check(upload, until: stop)
            }
        } catch let error as WorkerError where error.isShortage {
            logger.error("upload \(upload.id) is tried again: \(error)")
            isShort = await putBack(upload)
        } catch {
            logger.error("upload \(upload.id): \(error)")
            await giveUp(upload)
        }
        progress.forget(upload.id)
        running[upload.id] = nil
        if isShort { enqueue(upload) } else { startNext() }
    }

    /// Waits for the machine to have something left. Meanwhile nobody else takes its place: they
    /// would fare the same.
    ///
    /// - Returns: whether somebody still wants it.
    private func putBack(_ upload: SiteUpload) async -> Bool {
        do {
            try await Task.sleep(for: .seconds(SiteLimits.shortageSeconds))
            if upload.state == .accepting { return true }
            return try await update(upload, from: .checking)
        } catch {
            logger.error("upload \(upload.id) waits for the next start: \(error)")
            return false
        }
    }

    /// The disk or the system failed. Where even that can't be remembered, the next start goes on.
    private func giveUp(_ upload: SiteUpload) async {
        let isApproved = upload.state == .accepting
        var upload = upload
        upload.state = isApproved ? .judged : .failed
        do {
            _ = try await update(upload, from: isApproved ? .accepting : .checking)
        } catch {
            logger.error("upload \(upload.id) waits for the next start: \(error)")
        }
    }

    private func update(_ upload: SiteUpload, from state: SiteUpload.State) async throws -> Bool {
        try await Blocking.run { [memory] in try memory.update(upload, from: state) }
    }

    private func attempt(inFolder folder: String, _ upload: SiteUpload) async throws -> UploadID? {
        try await Blocking.run { [memory] in
            try memory.attempt(inFolder: folder, of: upload.reseller)
        }
    }

    // MARK: - Checking

    private func check(_ upload: SiteUpload, until stop: WorkerStop) async throws {
        var upload = upload
        upload.state = .checking
        guard try await update(upload, from: .waiting) else { return }
        let folder = site.uploadFolder(upload.id)
        let done = try await commands.run(
            await arguments(for: upload, by: upload.stamp.actor, outcome: "\(folder)/check")
                + ["--preview", "--without-domain-check", "--since", "\(folder)/since.json"]
                + ["--returns", Self.returns(in: folder)] + lastTry(upload),
            outcome: "\(folder)/check", until: stop, progress: note(upload))
        if done.end != .stopped {
            upload.state = done.status == 0 || done.status == 1 ? .judged : .failed
            try await Blocking.run { [upload] in try Self.keep(done, of: upload, in: folder) }
            let isJudged = upload.state == .judged
            if isJudged, try await update(judged: upload, folder) { return }
            if !isJudged, try await update(upload, from: .checking) { return }
        }
        // It was called off: nothing of the check is left.
        try await Blocking.run {
            Site.remove("\(folder)/check")
            for name in Self.kept { Glibc.remove("\(folder)/\(name)") }
        }
    }

    /// What it is a newer try of waits for nobody from then on, but for rows that are ready there
    /// and do not come here: a workbook of rows to fix has none of them.
    private func update(judged upload: SiteUpload, _ folder: String) async throws -> Bool {
        let earlier = UploadSince(folder: folder)?.upload.flatMap { UploadID($0) }
        return try await Blocking.run { [site, memory] in
            if try site.readyBefore(upload, in: memory) != nil {
                return try memory.update(upload, from: .checking)
            }
            return try memory.update(upload, from: .checking, replacing: earlier)
        }
    }

    /// What a check leaves for that of a newer try.
    private static func returns(in folder: String) -> String { "\(folder)/returns.tsv" }

    /// Says what it is a newer try of, where nobody approved that; else it is remembered.
    private func lastTry(_ upload: SiteUpload) async throws -> [String] {
        guard let id = upload.predecessor else { return [] }
        let earlier = try await Blocking.run { [memory] in
            try memory.upload(id, of: upload.reseller)
        }
        let path = Self.returns(in: site.uploadFolder(id))
        guard let earlier, earlier.state == .judged, FileManager.default.fileExists(atPath: path)
        else { return [] }
        return ["--after", path]
    }

    /// Whether the rest of what is accepted is in a newer try by now.
    private func hasNewerTry(_ upload: SiteUpload) async throws -> Bool {
        try await Blocking.run { [memory] in
            try memory.uploads(
                of: upload.reseller, portal: upload.portal, countMax: SiteLimits.listCountMax
            ).contains { $0.predecessor == upload.id && ($0.state == .judged || $0.attempt != nil) }
        }
    }

    /// Files beside the report.
    private static let kept =
        ["summary.json", "said.txt", "since.json", "returns.tsv"]
        + PageTexts.languages.map { "summary-\($0).json" }

    /// Leaves what a page says of it beside the report.
    private static func keep(
        _ done: SiteCommands.Outcome, of upload: SiteUpload, in folder: String
    ) throws {
        if upload.state == .judged,
            let digest = UploadReport(ReportFiles.report(in: "\(folder)/check"))?.digest
        {
            for language in PageTexts.languages {
                let files = ReportFiles(of: upload, in: folder, for: language)
                guard let report = UploadReport(files.report) else { continue }
                try JSONEncoder().encode(UploadSummary(report, approvedBy: digest)).write(
                    to: URL(filePath: files.summary), options: .atomic)
            }
        }
        let code = done.end.code.map { "\($0.rawValue)\n" } ?? ""
        try Data((code + done.said).utf8).write(
            to: URL(filePath: "\(folder)/said.txt"), options: .atomic)
    }

    private func arguments(
        for upload: SiteUpload, by actor: String, outcome: String
    ) async throws -> [String] {
        let limits = try await Blocking.run { [site, memory] in
            try site.limits(of: upload.reseller, in: memory)
        }
        let folder = site.uploadFolder(upload.id)
        var arguments = [
            "worker", "\(folder)/workbook.xlsx", "--as=\(upload.workbookName)", "-o", outcome,
            "--portal", upload.portal,
        ]
        arguments += commands.memory(
            of: upload.reseller, by: actor, in: upload.language)
        arguments += ["--keep-days", "\(limits[.days])", "--max-rows", "\(limits[.rows])"]
        if !upload.hiddenRows.isEmpty { arguments += ["--hidden", upload.hiddenRows] }
        if try !UploadCorrection.all(in: folder).isEmpty {
            arguments += ["--corrections", UploadCorrection.path(in: folder)]
        }
        return arguments
    }

    private func note(_ upload: SiteUpload) -> @Sendable (WorkerSight) -> Void {
        { [progress] in progress.set($0, of: upload.id) }
    }

    // MARK: - Accepting

    private func accept(_ upload: SiteUpload) async throws {
        var upload = upload
        let outcome = site.outcomeFolder(upload.id)
        var isChanged = false
        let approval = try JSONDecoder().decode(
            UploadApproval.self, from: Data(upload.approval.utf8))
        if try await attempt(inFolder: outcome, upload) == nil {
            try FileManager.default.createDirectory(
                atPath: site.files.outcomesPath, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
            var arguments = try await arguments(for: upload, by: approval.actor, outcome: outcome)
            arguments += ["--approved", approval.digest, "--accept-charges"]
            arguments.append("\(approval.chargeCount)")
            if approval.isWithoutList { arguments.append("--without-domain-check") }
            let done = try await commands.run(
                arguments, outcome: outcome, isAccepting: true, progress: note(upload))
            isChanged = done.status.map(Self.changedStatuses.contains) ?? false
            if !isChanged && done.status != 0 && done.status != 1 {
                logger.warning("upload \(upload.id) was not accepted: \(done.end)")
            }
        }
        upload.attempt = try await attempt(inFolder: outcome, upload)
        if upload.attempt != nil {
            upload.state = .accepted
            let restCount = UploadReport.Head(folder: outcome)?.counts.rejected ?? 0
            let isRestNewer = try await hasNewerTry(upload)
            upload.standing = restCount == 0 ? .done : isRestNewer ? .replaced : .open
            _ = try await update(upload, from: .accepting)
            return
        }
        guard isChanged else {
            // Others were at it too long, or the disk is full: the approval may be given again.
            upload.state = .judged
            _ = try await update(upload, from: .accepting)
            return
        }
        // What was approved is not what would be done now: it is looked at and approved anew.
        upload.state = .waiting
        upload.isChangedSince = true
        if try await update(upload, from: .accepting) { enqueue(upload) }
    }

    /// How a worker ends that would do something else than what was approved, or can't judge the
    /// workbook any more: it may have more rows than are taken by now.
    private static let changedStatuses: Set<Int32> = [2, 3]
}
