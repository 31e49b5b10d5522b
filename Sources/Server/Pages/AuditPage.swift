import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    func auditPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let form = Form(request.uri.query ?? "")
        let query = form["query"].trimmed
        let texts = PageTexts.of(context.language)
        let (entries, reader) = try await history(of: own, texts)
        let all = entries.reversed().filter { query.isEmpty || reader.finds(query, in: $0) }
        let page = PageNumber.shown(
            form.pageNumber, of: all.count, each: SiteLimits.listCountMax)
        let first = (page - 1) * SiteLimits.listCountMax
        let shown = all.dropFirst(first).prefix(SiteLimits.listCountMax)
        var values: PageValues = [
            "title": texts("page.audit"), "query": query, "exportHref": "/audit.csv",
            "entries": shown.map { entry -> PageValues in
                let words = reader.words(for: entry)
                var values: PageValues = [
                    "time": Self.when(entry.stamp), "actor": entry.stamp.actor,
                    "portalTitle": reader.portalTitle(of: entry), "actionText": words.action,
                    "object": words.object, "outcome": words.outcome,
                ]
                values["href"] = words.href
                return values
            },
            "crumbs": [["text": texts("page.home"), "href": "/"]],
        ]
        let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        if page > 1 { values["previousHref"] = "/audit?page=\(page - 1)&query=\(escaped)" }
        if all.count > first + shown.count {
            values["nextHref"] = "/audit?page=\(page + 1)&query=\(escaped)"
        }
        return pages.page("audit", values, request, context)
    }

    /// All of it, as it is kept and in words.
    func auditExport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entries, reader) = try await history(
            of: context.account, PageTexts.of(context.language))
        let lines = entries.map { entry in
            let words = reader.words(for: entry)
            return [
                entry.stamp.time, entry.stamp.actor, entry.portal, entry.action, entry.object,
                entry.outcome, entry.hash, words.action, words.object, words.outcome,
            ].map(Self.quoted).joined(separator: ",")
        }
        let head = "time,who,portal,what,of,outcome,hash,what_words,of_words,outcome_words"
        let text = ([head] + lines).map { $0 + "\r\n" }.joined()
        return Self.download(Data(text.utf8), name: "audit.csv")
    }

    /// As RFC 4180 has it; what a spreadsheet would take for a formula begins with a quote.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }

    private func history(
        of account: Account, _ texts: PageTexts
    ) async throws -> (entries: [AuditEntry], reader: AuditReader) {
        try await Blocking.run { [configuration, ledger] in
            let reader = try AuditReader(
                of: account.reseller, ledger, configuration.definitions, texts)
            return (try ledger.audit(of: account.reseller), reader)
        }
    }

    func title(ofPortal portal: String) -> String {
        configuration.definitions.first { $0.portal == portal }?.title ?? ""
    }
}
