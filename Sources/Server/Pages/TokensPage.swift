import Hummingbird
import Ledger
import Spreadsheet

extension Site {
    func tokensPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await tokensPage(request, context, [:])
    }

    private func tokensPage(
        _ request: Request, _ context: SiteContext, _ more: PageValues,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let own = try context.account
        let texts = PageTexts.of(context.language)
        let tokens = try await Blocking.run { [ledger] in
            try ledger.tokens(of: own.id).filter { !$0.isRevoked }
        }
        var values: PageValues = [
            "title": texts("page.tokens"), "makeAction": "/tokens",
            "tokens": tokens.map { token -> PageValues in
                [
                    "name": token.name, "created": Self.day(token.created),
                    "lastUsed": token.lastUsed.map(Self.day) ?? texts("tokens.never"),
                    "action": "/tokens/\(token.id)",
                ]
            },
            "hasTokens": !tokens.isEmpty,
            "crumbs": [["text": texts("page.home"), "href": "/"]],
        ]
        values.merge(more) { _, new in new }
        return pages.page("tokens", values, request, context, status: status)
    }

    private static func day(_ seconds: Int) -> String {
        CivilDate(dayNumber: seconds / 86_400)?.description ?? ""
    }

    /// Makes a token, and shows it: this once, as only its digest is kept.
    func makeToken(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let name = try await Form(request)["name"].trimmed
        let texts = PageTexts.of(context.language)
        guard !name.isEmpty, name.utf8.count <= SiteLimits.tokenNameSizeMax else {
            return try await tokensPage(
                request, context, ["error": texts("tokens.nameless")], status: .badRequest)
        }
        let (token, now, stamp) = (Secret.token(), configuration.now(), stamp(own))
        let isMade = try await Blocking.run { [ledger] in
            let count = try ledger.tokens(of: own.id).count { !$0.isRevoked }
            guard count < SiteLimits.tokenCountMax else { return false }
            try ledger.addToken(named: name, Secret.digest(token), of: own, at: now, by: stamp)
            return true
        }
        guard isMade else {
            return try await tokensPage(
                request, context,
                ["error": texts("tokens.too_many", ["max": SiteLimits.tokenCountMax])],
                status: .conflict)
        }
        return try await tokensPage(
            request, context,
            ["token": token, "notice": ["text": texts("tokens.made", ["name": name])]])
    }

    /// Lets a program in no more.
    func revokeToken(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let stamp = stamp(own)
        guard let id = context.parameters.get("token").flatMap({ Int64($0) }),
            try await Blocking.run({ [ledger] in try ledger.revokeToken(id, of: own, by: stamp) })
        else { throw PageError(.notFound) }
        return Self.redirect("/tokens")
    }
}
