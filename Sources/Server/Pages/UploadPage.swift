import Foundation
import Hummingbird
import Ledger

extension Site {
    /// The upload that an address names, of whoever asks.
    func upload(_ context: SiteContext) async throws -> SiteUpload {
        try await upload(context.parameters.get("upload") ?? "", of: context.account)
    }

    func uploadPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let texts = PageTexts.of(context.language)
        let folder = configuration.uploadFolder(upload.id)
        let query = Form(request.uri.query ?? "")
        let report = upload.state == .judged ? UploadReport(folder: "\(folder)/check") : nil
        var values = head(upload, report, texts)
        switch upload.state {
        case .waiting, .checking, .accepting:
            var busy = await busy(upload, texts).values
            busy["progressHref"] = "/uploads/\(upload.id)/progress"
            if upload.state != .accepting { busy["cancelAction"] = "/uploads/\(upload.id)/cancel" }
            values["isBusy"] = busy
        case .failed, .cancelled:
            values["failure"] = failure(upload, texts)
        case .accepted:
            values["accepted"] = accepted(upload, texts)
            if let note = upload.note { values["approvalNote"] = note }
        case .judged:
            if let report {
                let view = UploadResult(site: self, upload: upload, report: report, texts: texts)
                values["result"] = try view.values(query, lists: try await lists(of: upload))
            }
            if upload.isChangedSince {
                values["changedText"] = texts("upload.changed")
            } else if !upload.approval.isEmpty {
                // It was approved, and is not accepted.
                values["changedText"] = texts("upload.not_accepted")
            }
            if query["fixed"] == "1" { values["notice"] = ["text": texts("notice.fixed")] }
        }
        return pages.page("upload", values, request, context)
    }

    /// What is said of every upload.
    private func head(
        _ upload: SiteUpload, _ report: UploadReport?, _ texts: PageTexts
    ) -> PageValues {
        let (kind, text) = Self.state(of: upload, report?.head, texts)
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

    private func failure(_ upload: SiteUpload, _ texts: PageTexts) -> PageValues {
        let folder = configuration.uploadFolder(upload.id)
        let failure = UploadFailure(upload, folder: folder, texts)
        var told: PageValues = [
            "sentence": failure.sentence, "remedy": failure.remedy,
            "heading": texts(upload.state == .failed ? "upload.failure" : "upload.called_off"),
        ]
        if !failure.code.isEmpty { told["code"] = failure.code }
        return told
    }

    private func accepted(_ upload: SiteUpload, _ texts: PageTexts) -> PageValues {
        let number = upload.attempt.map { "\($0)" } ?? ""
        var accepted: PageValues = [
            "text": texts("state.accepted", ["number": number]), "number": number,
            "batchHref": "/batches/\(number)",
        ]
        let outcome = configuration.outcomeFolder(upload.id)
        if let count = UploadReport(folder: outcome)?.head.counts.rejected, count > 0 {
            accepted["restText"] = texts("upload.rest", ["count": count])
            accepted["restHref"] = "/batches/\(number)/files/rejected.xlsx"
        }
        return accepted
    }

    func uploadFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        try file(context.parameters.get("file") ?? "", of: await upload(context))
    }

    func file(_ name: String, of upload: SiteUpload) throws -> Response {
        let folder = configuration.uploadFolder(upload.id)
        if name == "workbook.xlsx",
            let bytes = FileManager.default.contents(atPath: "\(folder)/workbook.xlsx")
        {
            return Self.download(bytes, name: upload.workbookName)
        }
        return try Self.file(name, in: "\(folder)/check")
    }

    /// A file of an outcome; what it has no file of is not there.
    static func file(_ name: String, in folder: String) throws -> Response {
        let names = FileManager.default.subpaths(atPath: folder) ?? []
        guard names.contains(name),
            let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)")
        else { throw PageError(.notFound) }
        return download(bytes, name: name)
    }

    // MARK: - What people do with it

    func cancelUpload(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        _ = try await cancel(upload, by: context.account)
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
            inSheet: form["sheet"], cell: form["column"] + form["row"], value: form["value"])
        return try await fix([correction], upload, context)
    }

    /// Puts what Rowgate suggests in every cell that has the same problem.
    func useSuggestions(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let form = try await Form(request)
        return try await fix(
            try suggestions(form["code"], column: form["column"], upload), upload, context)
    }

    private func fix(
        _ corrections: [UploadCorrection], _ upload: SiteUpload, _ context: SiteContext
    ) async throws -> Response {
        let isJudged = upload.state == .judged
        _ = try await correct(corrections, upload, by: context.account)
        return Self.redirect("/uploads/\(upload.id)\(isJudged ? "?fixed=1" : "")")
    }

    /// Sends the ready rows on their way, if they are what somebody saw.
    func approve(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let form = try await Form(request)
        let folder = configuration.uploadFolder(upload.id)
        if upload.state == .judged, let head = UploadReport.Head(folder: "\(folder)/check") {
            let approved = try approved(
                upload, head, digest: form["digest"], chargeCount: Int(form["charges"].trimmed),
                isWithoutList: !form["withoutList"].isEmpty, note: form["note"],
                by: context.account)
            _ = try await make(.update(approved, from: .judged, as: nil))
        }
        return Self.redirect("/uploads/\(upload.id)")
    }
}
