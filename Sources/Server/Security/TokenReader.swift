import Hummingbird
import Ledger

/// Finds out in whose name a program asks, by the token that it brings (RFC 6750, 2.1).
struct TokenReader: RouterMiddleware {
    typealias Context = SiteContext

    let site: Site

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        guard request.isOfProgram, let secret = Self.secret(request) else {
            return try await next(request, context)
        }
        let (digest, now) = (Secret.digest(secret), site.configuration.now())
        var context = context
        context.program = try await Blocking.run { [ledger = site.ledger] () -> Account? in
            guard let (token, account) = try ledger.account(ofToken: digest) else { return nil }
            if now - (token.lastUsed ?? 0) > SiteLimits.sessionTouchSeconds {
                try ledger.touchToken(token.id, at: now)
            }
            return account
        }
        return try await next(request, context)
    }

    private static func secret(_ request: Request) -> String? {
        let parts = (request.headers[.authorization] ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
