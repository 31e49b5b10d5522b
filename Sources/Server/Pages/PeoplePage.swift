import Hummingbird
import Ledger

extension Site {
    func peoplePage(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await peoplePage(request, context, [:])
    }

    /// - Parameter typed: what somebody sent who is to mend it.
    private func peoplePage(
        _ request: Request, _ context: SiteContext, _ more: PageValues, typed: Form? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let own = try context.account
        let texts = PageTexts.of(context.language)
        let accounts = try await Blocking.run { [ledger] in
            try ledger.accounts(of: own.role == .site ? nil : own.reseller)
        }
        var values: PageValues = [
            "title": texts("page.people"), "inviteAction": "/people",
            "typed": ["reseller", "name", "email"].reduce(into: PageValues()) { fields, name in
                fields[name] = typed?[name]
            },
            "people": accounts.map { account -> PageValues in
                var values: PageValues = [
                    "name": account.name, "email": account.email,
                    "roleText": texts("people.role_\(account.role)"),
                    "stateText": texts("people.\(Self.state(of: account))"),
                    "isDisabled": account.isDisabled,
                    "isSelf": account.id == own.id, "action": "/people/\(account.id)",
                ]
                if own.role == .site { values["company"] = account.reseller }
                return values
            },
            "roles": Account.Role.allCases.filter { $0 <= own.role }.map { role -> PageValues in
                [
                    "value": "\(role)", "text": texts("people.role_\(role)"),
                    "isChosen": typed?["role"] == "\(role)",
                ]
            },
            "crumbs": [["text": texts("page.home"), "href": "/"]],
        ]
        values.merge(more) { _, new in new }
        return pages.page("people", values, request, context, status: status)
    }

    private static func state(of account: Account) -> String {
        account.isDisabled
            ? "state_disabled" : account.password.isEmpty ? "state_invited" : "state_active"
    }

    /// Adds somebody, who is handed a link to choose a password with.
    func invite(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let form = try await Form(request)
        let texts = PageTexts.of(context.language)
        let role = Account.Role.allCases.first { "\($0)" == form["role"] } ?? .user
        guard role <= own.role else { throw PageError(.forbidden) }
        let reseller = form["reseller"].trimmed
        let wanted = Account(
            reseller: own.role == .site && !reseller.isEmpty ? reseller : own.reseller,
            email: form["email"].trimmed, name: form["name"].trimmed, role: role)
        guard wanted.email.contains("@") else {
            return try await peoplePage(
                request, context, ["error": texts("error.incomplete")], typed: form,
                status: .badRequest)
        }
        let stamp = stamp(own)
        let account = try await Blocking.run { [ledger] in try ledger.add(wanted, by: stamp) }
        guard let account else {
            return try await peoplePage(
                request, context, ["error": texts("error.email_taken")], typed: form,
                status: .conflict)
        }
        let link = try await makeLink(for: account, by: stamp, request)
        return try await peoplePage(
            request, context,
            ["link": link, "notice": ["text": texts("people.invited", ["email": account.email])]])
    }

    private func makeLink(
        for account: Account, by stamp: Stamp, _ request: Request
    ) async throws -> String {
        let secret = Secret.random()
        let until = configuration.now() + SiteLimits.linkSeconds
        try await Blocking.run { [ledger] in
            try ledger.makeLink(Secret.digest(secret), for: account, until: until, by: stamp)
        }
        let scheme = configuration.isBehindTLS ? "https" : "http"
        return "\(scheme)://\(request.head.authority ?? configuration.host)/set-up/\(secret)"
    }

    /// Lets somebody in no more, or again, or hands out another link.
    func changeAccount(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let id = context.parameters.get("account").flatMap { Int64($0) }
        let form = try await Form(request)
        let account = try await Blocking.run { [ledger] in
            try ledger.accounts(of: own.role == .site ? nil : own.reseller).first { $0.id == id }
        }
        guard let account, account.id != own.id, account.role <= own.role else {
            throw PageError(.notFound)
        }
        switch form["verdict"] {
        case "link":
            let link = try await makeLink(for: account, by: stamp(own), request)
            let texts = PageTexts.of(context.language)
            return try await peoplePage(
                request, context,
                [
                    "link": link,
                    "notice": ["text": texts("people.invited", ["email": account.email])],
                ])
        case let verdict where verdict == "disable" || verdict == "enable":
            let stamp = stamp(own)
            try await Blocking.run { [ledger] in
                try ledger.setDisabled(verdict == "disable", account, by: stamp)
            }
            return Self.redirect("/people")
        default: throw PageError(.badRequest, "form")
        }
    }
}
