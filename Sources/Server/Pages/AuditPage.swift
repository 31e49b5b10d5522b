import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    func auditPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let own = try context.account
        let form = Form(request.uri.query ?? "")
        let (query, page) = (form["query"].trimmed, form.pageNumber)
        let texts = PageTexts.of(context.language)
        let all = try await entries(of: own).reversed().filter { entry in
            query.isEmpty
                || [entry.stamp.actor, entry.action, entry.object, entry.outcome, entry.portal]
                    .contains { $0.localizedCaseInsensitiveContains(query) }
        }
        let first = (page - 1) * SiteLimits.listCountMax
        let shown = all.dropFirst(first).prefix(SiteLimits.listCountMax)
        var values: PageValues = [
            "title": texts("page.audit"), "query": query, "exportHref": "/audit.csv",
            "entries": shown.map { entry -> PageValues in
                [
                    "time": entry.stamp.time, "actor": entry.stamp.actor,
                    "portalTitle": title(ofPortal: entry.portal), "object": entry.object,
                    "actionText": texts("audit.\(Self.word(for: entry))"),
                    "outcome": entry.outcome,
                ]
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

    /// Settings are loaded as lists are, and are none.
    private static func word(for entry: AuditEntry) -> String {
        entry.action == "load" && entry.object == "settings" ? "settings" : entry.action
    }

    func auditExport(_ request: Request, _ context: SiteContext) async throws -> Response {
        let lines = try await entries(of: context.account).map { entry in
            [
                entry.stamp.time, entry.stamp.actor, entry.portal, entry.action, entry.object,
                entry.outcome, entry.hash,
            ].map(Self.quoted).joined(separator: ",")
        }
        let head = "time,who,portal,what,of,outcome,hash"
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store",
                .contentDisposition: "attachment; filename=\"audit.csv\"",
            ],
            body: .init(
                byteBuffer: ByteBuffer(
                    string: ([head] + lines).map { $0 + "\r\n" }.joined())))
    }

    /// As RFC 4180 has it; what a spreadsheet would take for a formula begins with a quote.
    private static func quoted(_ text: String) -> String {
        let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
        return "\"\(isFormula ? "'" : "")\(text.replacing("\"", with: "\"\""))\""
    }

    private func entries(of account: Account) async throws -> [AuditEntry] {
        try await Blocking.run { [ledger] in try ledger.audit(of: account.reseller) }
    }

    func title(ofPortal portal: String) -> String {
        configuration.definitions.first { $0.portal == portal }?.title ?? ""
    }
}
