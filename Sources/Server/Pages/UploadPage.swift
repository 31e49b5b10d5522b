import Foundation
import Hummingbird
import Ledger
import Spreadsheet

extension Site {
    /// The upload that an address names, of whoever asks.
    func upload(_ context: SiteContext) async throws -> SiteUpload {
        try await upload(context.parameters.get("upload") ?? "", of: context.account)
    }

    func uploadPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await page(of: try await upload(context), nil, request, context)
    }

    /// - Parameter typed: an approval whose number of paid packages is another one.
    private func page(
        of upload: SiteUpload, _ typed: Form?, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let texts = PageTexts.of(context.language)
        let folder = configuration.uploadFolder(upload.id)
        let query = Form(request.uri.query ?? "")
        let head = upload.state == .judged ? UploadReport.Head(folder: "\(folder)/check") : nil
        var values = told(upload, head, texts)
        switch upload.state {
        case .waiting, .checking, .accepting:
            var busy = await busy(upload, texts).values
            busy["progressHref"] = "/uploads/\(upload.id)/progress"
            let isAccepting = upload.state == .accepting
            busy["heading"] = texts(isAccepting ? "upload.busy_accepting" : "upload.busy")
            busy["hint"] = texts(isAccepting ? "upload.busy_accepting_hint" : "upload.busy_hint")
            if upload.state != .accepting { busy["cancelAction"] = "/uploads/\(upload.id)/cancel" }
            values["isBusy"] = busy
        case .failed, .cancelled:
            values["failure"] = failure(upload, texts)
        case .accepted:
            values["accepted"] = try await accepted(upload, query, texts)
                .merging(undone(upload, texts)) { $1 }
            if let note = upload.note { values["approvalNote"] = note }
        case .judged:
            if let head, let summary = try summary(of: upload, texts) {
                var view = UploadResult(
                    site: self, upload: upload, head: head, summary: summary, texts: texts)
                view.typed = typed
                let lists = try await lists(of: upload)
                values["result"] = try view.values(
                    try await shownRows(query, of: upload, texts, lists), at: query["at"],
                    lists: lists)
            }
            if upload.isChangedSince {
                values["changedText"] = texts("upload.changed")
            } else if !upload.approval.isEmpty {
                // It was approved, and is not accepted.
                values["changedText"] = texts("upload.not_accepted")
            }
        }
        if upload.state == .judged || upload.state == .accepted {
            values["before"] = try await before(upload, texts)
        }
        if let back = try await wayBack(from: upload, texts) {
            values["back"] = back
            let crumb: PageValues = ["text": back["name"] ?? "", "href": back["href"] ?? ""]
            values["crumbs"] = (values["crumbs"] as? [PageValues] ?? []) + [crumb]
        }
        values["standing"] = Self.standing(of: upload, texts)
        values["notice"] = Self.notice(query, upload, texts)
        return pages.page(
            "upload", values, request, context, status: typed == nil ? .ok : .unprocessableContent)
    }

    /// What somebody is told who did something with it; nil for who did nothing.
    private static func notice(
        _ query: Form, _ upload: SiteUpload, _ texts: PageTexts
    ) -> PageValues? {
        let lost = query["lost"]
        if lost == "all" { return ["text": texts("notice.fixes_lost"), "isBad": true] }
        if CellReference(lost) != nil {
            return ["text": texts("notice.fix_lost", ["cell": lost]), "isBad": true]
        }
        if query["late"] == "1", !upload.isBusy { return ["text": texts("notice.late")] }
        guard upload.state == .judged, query["fixed"] == "1" else { return nil }
        return ["text": texts("notice.fixed")]
    }

    /// Whether it waits for somebody, and what changes that; nil where nobody can.
    private static func standing(of upload: SiteUpload, _ texts: PageTexts) -> PageValues? {
        guard upload.state == .judged || upload.state == .accepted else { return nil }
        var values: PageValues = ["action": "/uploads/\(upload.id)/standing"]
        switch upload.standing {
        case .open: values["isOpen"] = true
        case .aside: values["text"] = texts("upload.aside_text")
        case .replaced: values["text"] = texts("upload.replaced_text")
        case .done: return nil
        }
        return values
    }

    /// What is said of every upload.
    private func told(
        _ upload: SiteUpload, _ head: UploadReport.Head?, _ texts: PageTexts
    ) -> PageValues {
        let (kind, text) = Self.state(of: upload, head, texts)
        let (portal, href) = (title(ofPortal: upload.portal), "/portals/\(upload.portal)")
        return [
            "title": upload.workbookName,
            "upload": [
                "name": upload.workbookName, "portalTitle": portal, "portalHref": href,
                "when": Self.when(upload.stamp), "by": upload.stamp.actor, "stateKind": kind,
                "stateText": text,
            ],
            "crumbs": [
                ["text": texts("page.home"), "href": "/"], ["text": portal, "href": href],
            ],
        ]
    }

    /// What still waits of the upload that it is a newer try of.
    private func before(_ upload: SiteUpload, _ texts: PageTexts) async throws -> PageValues? {
        let ready = try await Blocking.run { [configuration, ledger] in
            try configuration.readyBefore(upload, in: ledger)
        }
        return ready.map { ready in
            [
                "text": texts(
                    "upload.before", ["count": ready.count, "name": ready.upload.workbookName]),
                "href": "/uploads/\(ready.upload.id)#approve",
            ]
        }
    }

    private func failure(_ upload: SiteUpload, _ texts: PageTexts) -> PageValues {
        let folder = configuration.uploadFolder(upload.id)
        let failure = UploadFailure(upload, folder: folder, texts)
        var told: PageValues = [
            "sentence": failure.sentence, "remedy": failure.remedy,
            "heading": texts(upload.state == .failed ? "upload.failure" : "upload.called_off"),
        ]
        told["foundText"] = failure.language.flatMap { Self.found(in: $0, texts) }
        // Those who use a screen reader hear it in the language in which it was found.
        if let language = failure.language, language != texts.language {
            told["foundIn"] = language
        }
        if !failure.code.isEmpty {
            told["code"] = failure.code
        } else if upload.state == .failed {
            // By which the site's administrator finds it in the log.
            told["code"] = upload.id
        }
        return told
    }

    /// Says why something is told in another language than the reader's; nil where it is not.
    static func found(in language: String, _ texts: PageTexts) -> String? {
        if language == texts.language { return nil }
        return texts("upload.found_in", ["language": texts("upload.language_\(language)")])
    }

    private func accepted(
        _ upload: SiteUpload, _ query: Form, _ texts: PageTexts
    ) async throws -> PageValues {
        let number = upload.attempt.map { "\($0)" } ?? ""
        var accepted: PageValues = [
            "text": texts("upload.accepted_next", ["portal": title(ofPortal: upload.portal)]),
            "number": number, "heading": texts("upload.accepted"),
            "batchHref": "/batches/\(number)",
        ]
        let outcome = configuration.outcomeFolder(upload.id)
        if let count = UploadReport.Head(folder: outcome)?.counts.rejected, count > 0 {
            accepted["restText"] = texts("upload.rest", ["count": count])
            accepted["restHref"] = "/batches/\(number)/files/rejected.xlsx"
            accepted["againAction"] = "/portals/\(upload.portal)/uploads?after=\(upload.id)"
            accepted["rest"] = try await rest(of: upload, query, texts)
        }
        return accepted
    }

    /// That somebody took it back, when, and why; nothing for one of which something stands.
    private func undone(_ upload: SiteUpload, _ texts: PageTexts) async throws -> PageValues {
        guard upload.isUndone, let id = upload.attempt else { return [:] }
        let undoings = try await Blocking.run { [ledger] in
            try ledger.undoings(of: id, of: upload.reseller)
        }
        guard let last = undoings.last(where: { $0.upload == id }) else { return [:] }
        let told = told(last, on: id, try definition(upload.portal), texts)
        return [
            "isUndone": true, "heading": texts("upload.undone"), "text": told["text"] ?? "",
            "undoneNote": last.note ?? "", "hasUndoneNote": last.note != nil,
        ]
    }

    /// The rows that were to fix when the others were approved; nil once their report is gone.
    private func rest(
        of upload: SiteUpload, _ query: Form, _ texts: PageTexts
    ) async throws -> PageValues? {
        let folder = configuration.uploadFolder(upload.id)
        guard let head = UploadReport.Head(folder: "\(folder)/check"),
            let summary = try summary(of: upload, texts)
        else { return nil }
        let view = UploadResult(
            site: self, upload: upload, head: head, summary: summary, texts: texts,
            isReadOnly: true)
        var rows = view.rows(
            try await shownRows(query, of: upload, texts, nil), at: query["at"])
        rows["foundIn"] = view.foundIn
        rows["foundText"] = view.foundIn.flatMap { Self.found(in: $0, texts) }
        return rows
    }

    /// What resolves most, in the reader's language where it is there.
    private func summary(of upload: SiteUpload, _ texts: PageTexts) throws -> UploadSummary? {
        let folder = configuration.uploadFolder(upload.id)
        return try UploadSummary.of(
            ReportFiles(of: upload, in: folder, for: texts.language),
            approvedBy: UploadReport(ReportFiles.report(in: "\(folder)/check"))?.digest)
    }

    func uploadFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        try file(
            context.parameters.get("file") ?? "", of: await upload(context), for: context.language)
    }

    /// - Parameter language: the reader's.
    func file(_ name: String, of upload: SiteUpload, for language: String) throws -> Response {
        let folder = configuration.uploadFolder(upload.id)
        if name == "workbook.xlsx",
            let bytes = FileManager.default.contents(atPath: "\(folder)/workbook.xlsx")
        {
            return Self.download(bytes, name: upload.workbookName)
        }
        let kept = ReportFiles(of: upload, in: folder, for: language).name(of: name)
        return try Self.file(name, in: "\(folder)/check", keptAs: kept)
    }

    /// A file of an outcome; what it has no file of is not there.
    static func file(
        _ name: String, in folder: String, keptAs kept: String? = nil
    ) throws -> Response {
        guard fileNames(in: folder).contains(name),
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(kept ?? name)")
        else { throw PageError(.notFound) }
        return download(bytes, name: name)
    }

    /// Those that are for people and programs.
    static func fileNames(in folder: String) -> [String] {
        (FileManager.default.subpaths(atPath: folder) ?? []).filter {
            !ReportFiles.isForPages($0)
        }.sorted()
    }

    /// What a file of an outcome is, by its texts: `rejected`; nil for one that has none.
    static func kind(ofFile name: String) -> String? {
        let kinds = [
            "report.html": "report", "report.json": "data", "manifest.json": "manifest",
            "checklist.txt": "checklist", "upload.xlsx": "upload", "changes.xlsx": "changes",
        ]
        if name.hasPrefix("rejected") && name.hasSuffix(".xlsx") { return "rejected" }
        return kinds[name] ?? (name.hasPrefix("batch-") ? "batch" : nil)
    }

    // MARK: - What people do with it

    func cancelUpload(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let isDone = try await cancel(upload, by: context.account)
        return Self.redirect("/uploads/\(upload.id)\(isDone ? "" : "?late=1")")
    }

    /// Puts it aside, or takes it up again.
    func changeStanding(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let known: [String: SiteUpload.Standing] = ["aside": .aside, "open": .open]
        guard let standing = try await known[Form(request)["standing"]] else {
            throw PageError(.badRequest, "form")
        }
        _ = try await put(upload, standing, by: context.account)
        return Self.redirect("/uploads/\(upload.id)")
    }

    func answerHidden(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        _ = try await answerHidden(Form(request)["hidden"], upload, by: context.account)
        return Self.redirect("/uploads/\(upload.id)?fixed=1")
    }

    /// Puts one value in a cell, and has all judged anew.
    func fixCell(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let form = try await Form(request)
        let correction = try UploadCorrection(
            inSheet: form["sheet"], cell: form["column"] + form["row"],
            value: form["suggestion"].isEmpty ? form["value"] : form["suggestion"])
        return try await fix([correction], upload, form, context)
    }

    /// Puts what Rowgate suggests in every cell that has the same problem.
    func useSuggestions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let form = try await Form(request)
        let corrections = try suggestions(
            form["code"], column: form["column"], for: form["found"], form["suggestion"], upload,
            in: context.language)
        guard !corrections.isEmpty || upload.state != .judged else {
            throw PageError(.badRequest, "form")
        }
        return try await fix(corrections, upload, form, context)
    }

    /// - Returns: what leads back to the rows that somebody looked at.
    private func fix(
        _ corrections: [UploadCorrection], _ upload: SiteUpload, _ form: Form,
        _ context: SiteContext
    ) async throws -> Response {
        let isDone = try await correct(corrections, upload, by: context.account)
        let one = corrections.count == 1 ? corrections.first : nil
        let query = Form(form["path"].split(separator: "?", maxSplits: 1).dropFirst().joined())
        var parts = ["page", "kind", "query"].filter { !query[$0].isEmpty }.map {
            "\($0)=\(query[$0].inQuery)"
        }
        parts.append(isDone ? "fixed=1" : "lost=\(one?.cell ?? "all")")
        guard let one else {
            return Self.redirect("/uploads/\(upload.id)?\(parts.joined(separator: "&"))")
        }
        let place = "\(one.sheet)!\(one.cell.drop { $0.isLetter })"
        parts.append("at=\(place.inQuery)#at")
        return Self.redirect("/uploads/\(upload.id)?\(parts.joined(separator: "&"))")
    }

    /// Sends the ready rows on their way, if they are what somebody saw.
    func approve(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let form = try await Form(request)
        let folder = configuration.uploadFolder(upload.id)
        if upload.state == .judged, let head = UploadReport.Head(folder: "\(folder)/check") {
            let count = PageTexts.of(context.language).integer(form["charges"].trimmed)
            if head.effects.paidCount > 0, count != head.effects.paidCount {
                return try await page(of: upload, form, request, context)
            }
            let approved = try approved(
                upload, head, digest: form["digest"], chargeCount: count,
                isWithoutList: !form["withoutList"].isEmpty, note: form["note"],
                by: context.account)
            _ = try await make(.update(approved, from: .judged, as: nil))
        }
        return Self.redirect("/uploads/\(upload.id)")
    }
}
