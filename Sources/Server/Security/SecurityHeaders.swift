import HTTPTypes
import Hummingbird

/// Says with every answer what a browser must not do with it.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = SiteContext

    let isBehindTLS: Bool

    private static let fields: [(HTTPField.Name?, String)] = [
        (
            .contentSecurityPolicy,
            [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'",
                "connect-src 'self'", "form-action 'self'", "base-uri 'none'",
                "frame-ancestors 'none'", "object-src 'none'",
            ].joined(separator: "; ")
        ),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name("Referrer-Policy"), "no-referrer"),
        (HTTPField.Name("Cross-Origin-Opener-Policy"), "same-origin"),
        (HTTPField.Name("Cross-Origin-Resource-Policy"), "same-origin"),
    ]

    func handle(
        _ request: Request, context: SiteContext,
        next: (Request, SiteContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for case (let name?, let value) in Self.fields { response.headers[name] = value }
        // Of what somebody opens beside the page nothing runs, whatever it is taken for.
        if response.headers[.contentDisposition] != nil {
            response.headers[.contentSecurityPolicy]?.append("; sandbox")
        }
        if isBehindTLS {
            response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains"
        }
        return response
    }
}
