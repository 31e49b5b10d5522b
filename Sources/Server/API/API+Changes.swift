import Hummingbird
import Ledger

// What programs do with an import, as people do on its page.
extension API {
    var changeRoutes: [APIRoute] {
        let one = APIRoute.Content.json(.named(ImportAnswer.name))
        let late: [HTTPResponse.Status] = [.conflict]
        return [
            APIRoute(
                .post, "/imports/{import}/corrections", "correctImport",
                "Puts values in cells, or what is suggested, and has all checked again.",
                body: .json(Corrections.members), status: .accepted, one, problems: late,
                correctImport),
            APIRoute(
                .post, "/imports/{import}/hidden", "answerHidden",
                "Says what becomes of hidden rows, and has all checked again.",
                body: .json([.init("hiddenRows", .oneOf(["take", "leave"]))]),
                status: .accepted, one, problems: late, answerHidden),
            APIRoute(
                .post, "/imports/{import}/cancel", "cancelImport",
                "Calls off what waits or is being checked.", one, problems: late, cancelImport),
            APIRoute(
                .post, "/imports/{import}/approval", "approveImport",
                "Accepts the ready rows; the import then names the batch of what is to be done.",
                isKeyed: true, body: .json(Approval.members), status: .accepted, one,
                problems: late, approveImport),
        ]
    }

    private struct Corrections: Decodable {
        struct Cell: Decodable {
            let sheet, cell, value: String
        }
        struct Group: Decodable {
            let code, column: String
            let found: String?
        }

        let corrections: [Cell]?
        let suggestions: [Group]?

        static var members: [APISchema.Member] {
            [
                .init(
                    "corrections",
                    .list(
                        .object([
                            .init("sheet", .text), .init("cell", .text), .init("value", .text),
                        ])), isRequired: false),
                .init(
                    "suggestions",
                    .list(
                        .object([
                            .init("code", .text), .init("column", .text),
                            .init("found", .text, isRequired: false),
                        ])), isRequired: false),
            ]
        }
    }

    private struct Hidden: Decodable {
        let hiddenRows: String
    }

    private struct Approval: Decodable {
        let digest: String
        let acceptCharges: Int?
        let withoutList: Bool?
        let note: String?

        static var members: [APISchema.Member] {
            [
                .init("digest", .text), .init("acceptCharges", .number, isRequired: false),
                .init("withoutList", .flag, isRequired: false),
                .init("note", .text, isRequired: false),
            ]
        }
    }

    func correctImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let asked = try await body(Corrections.self, of: request).value
        var corrections: [UploadCorrection] = []
        if upload.state != .judged { throw PageError(.conflict, "not_checked") }
        for group in asked.suggestions ?? [] {
            corrections += try await Blocking.run { [site] in
                try site.suggestions(
                    group.code, column: group.column, for: group.found, nil, upload)
            }
        }
        for one in asked.corrections ?? [] {
            corrections.append(
                try UploadCorrection(inSheet: one.sheet, cell: one.cell, value: one.value))
        }
        if corrections.isEmpty { throw PageError(.badRequest, "json") }
        return try await again(
            site.correct(corrections, upload, by: context.account), upload, context)
    }

    func answerHidden(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        let answer = try await body(Hidden.self, of: request).value.hiddenRows
        guard ["take", "leave"].contains(answer) else { throw PageError(.badRequest, "json") }
        return try await again(
            site.answerHidden(answer, upload, by: context.account), upload, context)
    }

    /// What is answered where all is checked again, or is not.
    private func again(
        _ isDone: Bool, _ upload: SiteUpload, _ context: SiteContext
    ) async throws -> Response {
        guard isDone else { throw PageError(.conflict, "not_checked") }
        return try response(.done, told(await answer(self.upload(context), context)))
    }

    func cancelImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let upload = try await upload(context)
        guard try await site.cancel(upload, by: context.account) else {
            throw PageError(.conflict, "under_way")
        }
        return Response(try await answer(self.upload(context), context))
    }

    func approveImport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (upload, account) = (try await upload(context), try context.account)
        let (asked, bytes) = try await body(Approval.self, of: request)
        var keyed = try keyed(request, account, asked: bytes)
        if let keyed,
            let before = try await Blocking.run({ [site] in try site.ledger.outcome(of: keyed) })
        {
            return try response(before, keyed.answer)
        }
        let seen = try await answer(upload, context)
        guard upload.state == .judged, let head = seen.head else {
            throw PageError(.conflict, "not_checked")
        }
        if asked.digest != seen.digest { throw PageError(.conflict, "changed") }
        try await makeSure(ofApproving: upload, head, isWithoutList: asked.withoutList ?? false)
        let approved = try site.approved(
            upload, head, digest: asked.digest, chargeCount: asked.acceptCharges,
            isWithoutList: asked.withoutList ?? false, note: asked.note ?? "", by: account)
        let told = told(
            ImportAnswer(upload: approved, head: head, digest: seen.digest, files: seen.files))
        keyed?.answer = told
        return try response(
            try await site.make(.update(approved, from: .judged, as: nil), asked: keyed), told)
    }

    /// - Throws: `PageError` for what a page has no button for, either.
    private func makeSure(
        ofApproving upload: SiteUpload, _ head: UploadReport.Head, isWithoutList: Bool
    ) async throws {
        if head.counts.hidden > 0 && upload.hiddenRows.isEmpty {
            throw PageError(.conflict, "hidden", ["count": "\(head.counts.hidden)"])
        }
        if head.counts.accepted == 0 { throw PageError(.conflict, "nothing") }
        if !isWithoutList, try site.missingList(upload, await site.lists(of: upload)) != nil {
            throw PageError(.conflict, "no_list")
        }
    }
}
