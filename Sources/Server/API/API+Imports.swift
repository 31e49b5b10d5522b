import Foundation
import Hummingbird
import Ledger
import Portals

// Workbooks that are handed in, and what came of them.
extension API {
    var importRoutes: [APIRoute] {
        let fields: [APISchema.Member] = [
            .init("portal", .text), .init("file", .text),
            .init("hiddenRows", .oneOf(["take", "leave"]), isRequired: false),
        ]
        let full: [HTTPResponse.Status] = [.tooManyRequests]
        let one = APIRoute.Content.json(.named(ImportAnswer.name))
        return [
            APIRoute(
                .get, "/imports", "listImports", "Imports, the newest first.",
                query: [.portal] + APIRoute.Parameter.page,
                .json(APIPage<ImportAnswer>.schema), listImports),
            APIRoute(
                .post, "/imports", "addImport", "Hands in a workbook with a form.",
                isKeyed: true, body: .form(fields), status: .accepted, one, problems: full,
                addImport),
            APIRoute(
                .put, "/imports/{portal}/{name}", "putImport",
                "Hands in a workbook that is the whole body.",
                query: [
                    .init(
                        name: "hiddenRows", schema: .oneOf(["take", "leave"]),
                        text: "What becomes of hidden rows.")
                ], isKeyed: true, body: .file, status: .accepted, one, problems: full,
                putImport),
            APIRoute(
                .get, "/imports/{import}", "getImport", "How far an import is, and its result.",
                one, getImport),
            APIRoute(
                .get, "/imports/{import}/findings", "listFindings",
                "What is wrong, in the order of the workbook.",
                query: [.init(name: "code", schema: .text, text: "Only with this code.")]
                    + APIRoute.Parameter.page,
                .json(APIPage<FindingAnswer>.schema), problems: [.conflict], listFindings),
            APIRoute(
                .get, "/imports/{import}/files/{file}", "getImportFile",
                "One of its files: rejected.xlsx are the rows to fix.",
                .file(type: "application/octet-stream"), getImportFile),
            APIRoute(
                .get, "/imports/{import}/events", "followImport",
                "Events `progress` with the import as it is, until `end`.", .events,
                problems: [.tooManyRequests], followImport),
        ]
    }

    /// The upload that an address names, of whoever asks.
    func upload(_ context: SiteContext) async throws -> SiteUpload {
        try await site.upload(context.parameters.get("import") ?? "", of: context.account)
    }

    func listImports(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let query = Form(request.uri.query ?? "")
        let (portal, limit, after) = (try portal(query), try limit(query), query["after"])
        let uploads = try await Blocking.run { [ledger = site.ledger] in
            try ledger.uploads(
                of: account.reseller, portal: portal, before: after.isEmpty ? nil : after,
                countMax: limit + 1)
        }
        var answers: [String: ImportAnswer] = [:]
        for upload in uploads.prefix(limit) {
            answers[upload.id] = try await answer(upload, context)
        }
        return Response(
            APIPage(uploads, countMax: limit, cursor: \.id) {
                answers[$0.id] ?? ImportAnswer(upload: $0)
            })
    }

    func getImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        Response(try await answer(upload(context), context))
    }

    func answer(_ upload: SiteUpload, _ context: SiteContext) async throws -> ImportAnswer {
        let folder = site.configuration.uploadFolder(upload.id)
        var answer = try await Blocking.run {
            var answer = ImportAnswer(upload: upload)
            if [.judged, .accepting, .accepted].contains(upload.state) {
                answer.head = UploadReport.Head(folder: "\(folder)/check")
                answer.digest = try UploadSummary.kept(in: folder)?.digest
                answer.files = Site.fileNames(in: "\(folder)/check")
            }
            if [.failed, .cancelled].contains(upload.state) {
                answer.failure = UploadFailure(
                    upload, folder: folder, PageTexts.of(context.language))
            }
            answer.files.append("workbook.xlsx")
            return answer
        }
        answer.sight = site.desk.sight(of: upload)
        answer.ahead = await site.desk.position(of: upload)
        return answer
    }

    func listFindings(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let query = Form(request.uri.query ?? "")
        let (limit, code) = (try limit(query), query["code"])
        let after = query["after"].isEmpty ? "0" : query["after"]
        guard [.judged, .failed, .accepting, .accepted].contains(upload.state) else {
            throw PageError(.conflict, "not_checked")
        }
        let folder = site.configuration.uploadFolder(upload.id)
        let page = try await Blocking.run { () -> FindingsPage? in
            guard let start = Int(after), start >= 0 else { return nil }
            return try FindingsPage(
                folder: "\(folder)/check", from: start, code: code.isEmpty ? nil : code,
                countMax: limit)
        }
        guard let page else {
            // Of a file that nobody could read there is no report.
            if after == "0" { throw PageError(.notFound) }
            throw PageError(.badRequest, "parameter", ["name": "after"])
        }
        return Response(
            APIPage(
                page.findings.map(FindingAnswer.init), next: page.next.map { "\($0)" }))
    }

    func getImportFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await site.file(
            context.parameters.get("file") ?? "", of: upload(context), for: context.language)
    }

    // MARK: - Workbooks that come

    func addImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        guard request.mediaType == "multipart/form-data" else {
            throw PageError(.unsupportedMediaType, "media", ["type": "multipart/form-data"])
        }
        return try await take(request, context) { receiver in
            guard let file = try await receiver.receive() else {
                throw PageError(.badRequest, "no_file")
            }
            let portal = file.fields["portal"] ?? ""
            return (file, portal, file.fields["hiddenRows"] ?? "")
        }
    }

    func putImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let name = context.parameters.get("name") ?? ""
        // At this place of a path the router knows one name alone.
        let definition = try site.definition(context.parameters.get("import") ?? "")
        guard request.mediaType != "multipart/form-data" else {
            throw PageError(
                .unsupportedMediaType, "media", ["type": "application/octet-stream"])
        }
        let hiddenRows = Form(request.uri.query ?? "")["hiddenRows"]
        return try await take(request, context) { receiver in
            let file = try await receiver.receiveFile(named: name.removingPercentEncoding ?? name)
            return (file, definition.portal, hiddenRows)
        }
    }

    /// Takes a workbook as a page does, and once where the request has a key.
    private func take(
        _ request: Request, _ context: SiteContext,
        receive: (UploadReceiver) async throws -> (
            file: UploadReceiver.Received, portal: String, hiddenRows: String
        )
    ) async throws -> Response {
        let account = try context.account
        _ = try key(of: request)
        let id = String(Secret.random().prefix(32))
        let folder = site.configuration.uploadFolder(id)
        let (file, portal, hiddenRows) = try await receive(
            UploadReceiver(
                request: request, site: site, account: account, folder: folder, field: "file",
                isForDesk: true, isDigested: true))
        do {
            guard site.configuration.definitions.contains(where: { $0.portal == portal }) else {
                throw PageError(.badRequest, "parameter", ["name": "portal"])
            }
            guard ["", "take", "leave"].contains(hiddenRows) else {
                throw PageError(.badRequest, "parameter", ["name": "hiddenRows"])
            }
            let upload = SiteUpload(
                id: id, reseller: account.reseller, portal: portal, workbookName: file.name,
                stamp: site.stamp(account), language: context.language, hiddenRows: hiddenRows)
            let told = told(ImportAnswer(upload: upload, files: ["workbook.xlsx"]))
            let asked = "\(portal)\n\(hiddenRows)\n\(file.name)\n\(Secret.hex(file.digest))"
            var keyed = try keyed(request, account, asked: asked.utf8)
            keyed?.answer = told
            let outcome = try await site.make(.add(upload), asked: keyed)
            if outcome != .done {
                // The same came before, and counted then.
                await site.pace.giveBack(for: account.reseller)
                Site.remove(folder)
            }
            return try response(outcome, told)
        } catch let error as PageError {
            Site.remove(folder)
            throw error
        }
    }
}
