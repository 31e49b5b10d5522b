import Foundation
import Hummingbird
import Ledger

/// One address of the site.
struct SiteRoute: Sendable {
    /// Who may ask for it.
    enum Door: Sendable {
        case stranger
        case role(Account.Role)
        /// Whoever brings a token.
        case program
    }

    let method: HTTPRequest.Method
    let path: RouterPath
    let door: Door
    let answer: @Sendable (Request, SiteContext) async throws -> Response
}

extension Site {
    /// Every address there is; another one answers as if it were not there.
    var routes: [SiteRoute] { pageRoutes + API(site: self).routes.map(\.siteRoute) }

    private var pageRoutes: [SiteRoute] {
        [
            open(.get, "/health") { _, _ in Self.plain("ok") },
            open(.get, "/ready") { _, _ in try await ready() },
            open(.get, "/assets/{name}") { _, context in try asset(context) },
            open(.get, "/", home),
            open(.get, "/sign-in", signInPage),
            open(.post, "/sign-in", signIn),
            open(.post, "/language", setLanguage),
            open(.get, "/set-up/{secret}", setUpPage),
            open(.post, "/set-up/{secret}", setUp),
            route(.post, "/sign-out", signOut),
            route(.get, "/portals/{portal}", portalPage),
            route(.get, "/portals/{portal}/template.xlsx", template),
            route(.get, "/portals/{portal}/filled-template.xlsx", filledTemplate),
            route(.get, "/portals/{portal}/customers.xlsx", customers),
            route(.post, "/portals/{portal}/uploads", receiveUpload),
            route(.post, "/portals/{portal}/lists/{list}", receiveList),
            route(.post, "/portals/{portal}/existing", receiveExisting),
            route(.get, "/portals/{portal}/existing/{offer}", existingPage),
            route(.post, "/portals/{portal}/existing/{offer}", takeExisting),
            route(.post, "/portals/{portal}/compare", compare),
            route(.get, "/portals/{portal}/settings", for: .admin, settingsPage),
            route(.post, "/portals/{portal}/settings", for: .admin, saveSettings),
            route(.get, "/portals/{portal}/settings.yaml", for: .admin, settingsFile),
            route(.get, "/uploads/{upload}", uploadPage),
            route(.get, "/uploads/{upload}/progress", uploadProgress),
            route(.get, "/uploads/{upload}/files/{file}", uploadFile),
            route(.post, "/uploads/{upload}/cancel", cancelUpload),
            route(.post, "/uploads/{upload}/standing", changeStanding),
            route(.post, "/uploads/{upload}/hidden", answerHidden),
            route(.post, "/uploads/{upload}/fix", fixCell),
            route(.post, "/uploads/{upload}/suggestions", useSuggestions),
            route(.post, "/uploads/{upload}/approve", approve),
            route(.get, "/batches/{batch}", batchPage),
            route(.get, "/batches/{batch}/files/{file}", batchFile),
            route(.post, "/batches/{batch}/steps", settleSteps),
            route(.post, "/batches/{batch}/confirm", confirmByList),
            route(.get, "/batches/{batch}/refusal", refusalPage),
            route(.get, "/batches/{batch}/finance", financePage),
            route(.get, "/batches/{batch}/undo", undoPage),
            route(.post, "/batches/{batch}/undo", undo),
            route(.post, "/batches/{batch}/by-hand", settleByHand),
            route(.get, "/people", for: .admin, peoplePage),
            route(.post, "/people", for: .admin, invite),
            route(.post, "/people/{account}", for: .admin, changeAccount),
            route(.get, "/limits", for: .site, limitsPage),
            route(.post, "/limits", for: .site, saveLimits),
            route(.get, "/audit", for: .admin, auditPage),
            route(.get, "/audit.csv", for: .admin, auditExport),
            route(.get, "/records", allRecordsPage),
            route(.get, "/portals/{portal}/records/{sheet}", recordsPage),
            route(.get, "/portals/{portal}/records/{sheet}/new", recordFormPage),
            route(.post, "/portals/{portal}/records/{sheet}/new", takeRecordForm),
            route(.get, "/portals/{portal}/records/{sheet}/{record}", recordPage),
            route(.get, "/portals/{portal}/records/{sheet}/{record}/{action}", recordFormPage),
            route(.post, "/portals/{portal}/records/{sheet}/{record}/{action}", takeRecordForm),
            route(.get, "/tokens", tokensPage),
            route(.post, "/tokens", makeToken),
            route(.post, "/tokens/{token}", revokeToken),
        ]
    }

    func router() -> Router<SiteContext> {
        let router = Router(context: SiteContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: SecurityHeaders(isBehindTLS: configuration.isBehindTLS))
        router.add(middleware: SessionReader(site: self))
        router.add(middleware: ErrorPages(site: self))
        router.add(middleware: TokenReader(site: self))
        router.add(middleware: CrossSiteGuard())
        for route in routes {
            router.on(route.path, method: route.method) { request, context in
                switch route.door {
                case .stranger: break
                case .program where context.program == nil:
                    throw PageError(.unauthorized, "token").beforeBody
                case .program: break
                case .role(let role):
                    guard let account = context.session?.account else {
                        return try refuse(request)
                    }
                    // Who may not ask for it is told the same as where there is nothing.
                    guard account.role >= role else { throw PageError(.notFound).beforeBody }
                }
                return try await route.answer(request, context)
            }
        }
        return router
    }

    /// A page leads to where one signs in; a change is not made.
    private func refuse(_ request: Request) throws -> Response {
        guard [.get, .head].contains(request.method) else {
            throw PageError(.unauthorized, "signed_out").beforeBody
        }
        return Self.redirect(Self.signInPath(for: request.ownAddress))
    }

    /// Where one signs in, and goes on at another address of the site.
    static func signInPath(for next: String) -> String {
        var plain = CharacterSet.alphanumerics
        plain.insert(charactersIn: "/-._~")
        let escaped = next.addingPercentEncoding(withAllowedCharacters: plain) ?? "/"
        return "/sign-in?next=\(escaped)"
    }

    private func open(
        _ method: HTTPRequest.Method, _ path: RouterPath,
        _ answer: @escaping @Sendable (Request, SiteContext) async throws -> Response
    ) -> SiteRoute {
        SiteRoute(method: method, path: path, door: .stranger, answer: answer)
    }

    private func route(
        _ method: HTTPRequest.Method, _ path: RouterPath, for role: Account.Role = .user,
        _ answer: @escaping @Sendable (Request, SiteContext) async throws -> Response
    ) -> SiteRoute {
        SiteRoute(method: method, path: path, door: .role(role), answer: answer)
    }

    // MARK: - Answers

    static func redirect(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    static func plain(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    private func ready() async throws -> Response {
        do {
            _ = try await Blocking.run { try ledger.unfinishedUploads().count }
            return Self.plain("ready")
        } catch is LedgerError {
            return Self.plain("not ready", status: .serviceUnavailable)
        }
    }

    private func asset(_ context: SiteContext) throws -> Response {
        let name = context.parameters.get("name") ?? ""
        let types = [
            "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
            "svg": "image/svg+xml",
        ]
        guard let type = types[String(name.split(separator: ".").last ?? "")],
            let text = EmbeddedText.files.first(where: { $0.path == "Assets/\(name)" })?.text
        else { throw PageError(.notFound) }
        return Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "max-age=3600"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }
}
