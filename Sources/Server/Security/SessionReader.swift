import Hummingbird
import Ledger

/// Finds out who asks, by the cookie that was given when they signed in.
struct SessionReader: RouterMiddleware {
    typealias Context = SiteContext

    let site: Site

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = language(request)
        if request.isOfProgram { return try await next(request, context) }
        let secret = request.cookies[site.cookieName]?.value ?? ""
        if !secret.isEmpty {
            let (digest, now) = (Secret.digest(secret), site.configuration.now())
            let session = try await Blocking.run { [ledger = site.ledger] () -> Session? in
                guard let session = try ledger.session(digest) else { return nil }
                let isOver =
                    now - session.seen > SiteLimits.sessionIdleSeconds
                    || now - session.begun > SiteLimits.sessionSeconds
                if isOver {
                    try ledger.end(digest)
                    return nil
                }
                if now - session.seen > SiteLimits.sessionTouchSeconds {
                    try ledger.touch(digest, at: now)
                }
                return session
            }
            context.session = session
            context.secret = secret
        }
        return try await next(request, context)
    }

    /// What somebody chose, else what the browser prefers.
    private func language(_ request: Request) -> String {
        let known = PageTexts.languages
        if !request.isOfProgram, let chosen = request.cookies["lang"]?.value,
            known.contains(chosen)
        {
            return chosen
        }
        let wanted = (request.headers[.acceptLanguage] ?? "").split(separator: ",").map {
            String($0.drop { $0 == " " }.prefix(2))
        }
        return wanted.first { known.contains($0) } ?? site.configuration.language
    }
}
