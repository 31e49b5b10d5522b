import Foundation
import Hummingbird
import Ledger

// What the administrator of the site allows: all resellers, and single ones less.
extension Site {
    func limitsPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let reseller = try await reseller(Form(request.uri.query ?? "")["reseller"])
        let said = try await Blocking.run { [ledger] in try ledger.limits(of: reseller) }
        let form = LimitsForm(
            said, atMost: try await most(for: reseller), isOfAll: reseller == nil,
            PageTexts.of(context.language))
        return try await page(form, of: reseller, request, context)
    }

    /// Puts what somebody typed in the place of what was said.
    func saveLimits(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let typed = try await Form(request)
        let reseller = try await reseller(typed["reseller"])
        let form = LimitsForm(
            typed, atMost: try await most(for: reseller), isOfAll: reseller == nil,
            PageTexts.of(context.language))
        guard form.problems.isEmpty else {
            return try await page(form, of: reseller, request, context)
        }
        let (limits, stamp) = (form.limits, stamp(own))
        try await Blocking.run { [ledger] in
            try ledger.setLimits(limits, of: reseller, by: stamp, of: own.reseller)
        }
        return Self.redirect("\(Self.path(ofLimitsOf: reseller))saved=1#content")
    }

    /// One that there is; nil for no name: all of them.
    private func reseller(_ name: String) async throws -> String? {
        if name.isEmpty { return nil }
        guard try await resellers().contains(name) else { throw PageError(.notFound) }
        return name
    }

    private func resellers() async throws -> [String] {
        try await Blocking.run { [ledger] in
            Set(try ledger.accounts(of: nil).map(\.reseller)).sorted()
        }
    }

    /// What holds where nothing is said.
    private func most(for reseller: String?) async throws -> UploadLimits {
        reseller == nil ? configuration.ceiling : try await limits(of: nil)
    }

    /// Ends where the query goes on.
    private static func path(ofLimitsOf reseller: String?) -> String {
        guard let reseller else { return "/limits?" }
        let name = reseller.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return "/limits?reseller=\(name)&"
    }

    private func page(
        _ form: LimitsForm, of reseller: String?, _ request: Request, _ context: SiteContext
    ) async throws -> Response {
        let texts = PageTexts.of(context.language)
        var crumbs: [PageValues] = [["text": texts("page.home"), "href": "/"]]
        if reseller != nil { crumbs.append(["text": texts("page.limits"), "href": "/limits"]) }
        let name = ["name": reseller ?? ""]
        var values: PageValues = [
            "title": reseller == nil ? texts("page.limits") : texts("limits.of_one", name),
            "introText": texts(reseller == nil ? "limits.intro" : "limits.intro_one", name),
            "reseller": reseller ?? "", "fields": form.fields, "problems": form.summary,
            "hasProblems": !form.problems.isEmpty, "crumbs": crumbs,
            "heads": UploadLimit.allCases.map { texts("limits.\($0)") },
            "limited": try await limited(texts),
            "resellers": try await resellers().map {
                ["name": $0, "isChosen": $0 == reseller] as PageValues
            },
        ]
        if Form(request.uri.query ?? "")["saved"] == "1" {
            values["notice"] = ["text": texts("limits.saved")]
        }
        return pages.page(
            "limits", values, request, context,
            status: form.problems.isEmpty ? .ok : .unprocessableContent)
    }

    /// Those who are allowed less than others, with what holds for them.
    private func limited(_ texts: PageTexts) async throws -> [PageValues] {
        let limited = try await Blocking.run { [configuration, ledger] in
            try ledger.resellersWithLimits().map { reseller in
                (
                    reseller: reseller, said: try ledger.limits(of: reseller),
                    limits: try configuration.limits(of: reseller, in: ledger)
                )
            }
        }
        return limited.map { reseller, said, limits in
            [
                "name": reseller, "href": "\(Self.path(ofLimitsOf: reseller))#content",
                "limits": UploadLimit.allCases.map { limit -> PageValues in
                    [
                        "title": texts("limits.\(limit)"),
                        "text": said[limit] == nil
                            ? texts("limits.as_all") : texts.number(limits[limit]),
                    ]
                },
            ]
        }
    }
}
