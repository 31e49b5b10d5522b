import Hummingbird
import Ledger

extension Site {
    /// The name `__Host-` lets no other site of the domain set it, and wants TLS.
    var cookieName: String { configuration.isBehindTLS ? "__Host-rowgate" : "rowgate" }

    func signInPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        if context.session != nil { return Self.redirect("/") }
        let next = Form(request.uri.query ?? "")["next"]
        return signInPage(request, context, next: next)
    }

    func signInPage(
        _ request: Request, _ context: SiteContext, next: String = "", email: String = "",
        error: String? = nil, status: HTTPResponse.Status = .ok
    ) -> Response {
        let texts = PageTexts.of(context.language)
        var values: PageValues = [
            "title": texts("page.sign_in"), "email": email, "next": next,
        ]
        if let error { values["error"] = error }
        return pages.page("sign-in", values, request, context, status: status)
    }

    func signIn(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await Form(request)
        let (email, password, next) = (form["email"].lowercased(), form["password"], form["next"])
        let texts = PageTexts.of(context.language)
        // Behind a proxy on this machine everybody's connections come from here, and who mistypes
        // must keep nobody else waiting.
        let isOneOfMany = !(configuration.isBehindTLS && context.machine.isOwn)
        let names = ["email \(email)"] + (isOneOfMany ? ["machine \(context.machine.name)"] : [])
        let now = configuration.now()
        let wait = await throttle.attempt(names, at: now)
        if wait.seconds > 0 {
            var response = signInPage(
                request, context, next: next, email: email,
                error: texts(
                    wait.isOfSite ? "error.throttled_site" : "error.throttled",
                    ["count": wait.seconds]), status: .tooManyRequests)
            response.headers[.retryAfter] = "\(wait.seconds)"
            return response
        }
        let known = try await Blocking.run { [ledger] in try ledger.account(ofEmail: email) }
        let kept = known?.isDisabled == false ? known?.password ?? "" : ""
        let isTooLong = password.utf8.count > SiteLimits.passwordSizeMax
        let matches = try await Passwords.matches(isTooLong ? "" : password, kept)
        guard let account = known, matches, !isTooLong else {
            return signInPage(
                request, context, next: next, email: email, error: texts("error.sign_in"),
                status: .unauthorized)
        }
        await throttle.succeeded(names, at: now)
        try await keepAnew(password, account)
        return try await begin(account, next: next)
    }

    /// Keeps a password as it is kept today, where it was kept otherwise.
    private func keepAnew(_ password: String, _ account: Account) async throws {
        guard Passwords.isOutdated(account.password) else { return }
        let kept = try await Passwords.kept(password)
        try await Blocking.run { [ledger] in try ledger.keep(kept, asPasswordOf: account) }
    }

    /// Lets somebody in, with a new secret each time.
    private func begin(_ account: Account, next: String) async throws -> Response {
        let (secret, now) = (Secret.random(), configuration.now())
        try await Blocking.run { [ledger] in
            try ledger.begin(Secret.digest(secret), of: account, at: now)
        }
        var response = Self.redirect(next.isOwnAddress ? next : "/")
        response.setCookie(cookie(secret, seconds: SiteLimits.sessionSeconds))
        return response
    }

    private func cookie(_ secret: String, seconds: Int) -> Cookie {
        Cookie(
            name: cookieName, value: secret, maxAge: seconds, path: "/",
            secure: configuration.isBehindTLS, httpOnly: true, sameSite: .lax)
    }

    func signOut(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await Blocking.run { [ledger] in try ledger.end(Secret.digest(context.secret)) }
        var response = Self.redirect("/sign-in")
        response.setCookie(cookie("", seconds: 0))
        return response
    }

    func setLanguage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let form = try await Form(request)
        let path = form["path"]
        var response = Self.redirect(path.isOwnAddress ? path : "/")
        if PageTexts.languages.contains(form["lang"]) {
            response.setCookie(
                Cookie(
                    name: "lang", value: form["lang"], maxAge: 365 * 86_400, path: "/",
                    secure: configuration.isBehindTLS, httpOnly: true, sameSite: .lax))
        }
        return response
    }

    // MARK: - Links

    func setUpPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (secret, link) = try await link(context)
        return setUpPage(secret, link, Form(""), nil, request, context)
    }

    private func link(_ context: SiteContext) async throws -> (String, SiteLink) {
        let (secret, now) = (context.parameters.get("secret") ?? "", configuration.now())
        let link = try await Blocking.run { [ledger] in
            try ledger.link(Secret.digest(secret), at: now)
        }
        guard let link else { throw PageError(.notFound, "link_used") }
        return (secret, link)
    }

    private func setUpPage(
        _ secret: String, _ link: SiteLink, _ form: Form, _ error: String?, _ request: Request,
        _ context: SiteContext
    ) -> Response {
        let texts = PageTexts.of(context.language)
        var values: PageValues = [
            "title": texts("page.set_up"), "token": secret, "isFirst": link.account == nil,
            "email": link.account?.email ?? form["email"],
            "name": link.account?.name ?? form["name"],
            "reseller": link.account?.reseller ?? form["reseller"],
        ]
        if let error { values["error"] = error }
        return pages.page(
            "set-up", values, request, context, status: error == nil ? .ok : .badRequest)
    }

    func setUp(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (secret, link) = try await link(context)
        let form = try await Form(request)
        let texts = PageTexts.of(context.language)
        let password = form["password"]
        if let fault = PasswordRules.fault(password) {
            return setUpPage(secret, link, form, texts(fault), request, context)
        }
        let wanted =
            link.account
            ?? Account(
                reseller: form["reseller"].trimmed, email: form["email"].trimmed,
                name: form["name"].trimmed, role: .site)
        guard wanted.email.contains("@"), !wanted.reseller.isEmpty else {
            return setUpPage(secret, link, form, texts("error.incomplete"), request, context)
        }
        let (now, stamp) = (configuration.now(), stamp(wanted))
        let kept = try await Passwords.kept(password)
        let account = try await Blocking.run { [ledger] in
            try ledger.use(Secret.digest(secret), at: now, wanted, password: kept, by: stamp)
        }
        guard let account else { throw PageError(.notFound, "link_used") }
        return try await begin(account, next: "/")
    }
}

extension String {
    /// Without spaces at its ends.
    var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
