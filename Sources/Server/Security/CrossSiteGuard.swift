import HTTPTypes
import Hummingbird

/// Refuses changes that another site makes a browser ask for (OWASP ASVS 5.0, 3.5).
struct CrossSiteGuard: RouterMiddleware {
    typealias Context = SiteContext

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        // A coding that nobody knows would leave a body that is taken for the next request.
        if let coding = request.headers[.transferEncoding], coding.lowercased() != "chunked" {
            throw PageError(.badRequest, "form")
        }
        // No browser adds a token by itself: what has one was not made by another site.
        if request.isOfProgram { return try await next(request, context) }
        if request.method != .get && request.method != .head && !Self.isOwn(request) {
            throw PageError(.forbidden, "crossed").beforeBody
        }
        return try await next(request, context)
    }

    private static func isOwn(_ request: Request) -> Bool {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] {
            return site == "same-origin" || site == "none"
        }
        // Browsers before 2023 say where a form stands.
        guard let origin = request.headers[.origin], let host = request.head.authority else {
            return false
        }
        return origin == "http://\(host)" || origin == "https://\(host)"
    }
}
