import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// A batch for whoever pays: what it costs, who it is for, and who approved it.
    func financePage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let id = try Self.batchID(context)
        let (entry, upload, refusedCount) = try await Blocking.run { [ledger] in
            let entry = try ledger.attempt(id, of: account.reseller)
            return (
                entry, try ledger.upload(of: entry, account.reseller),
                try ledger.operations(of: id, of: account.reseller).count {
                    $0.state.isGivenBack
                }
            )
        }
        let definition = try definition(entry.portal)
        let texts = PageTexts.of(context.language)
        let (costs, customers) = try await Blocking.run {
            let costs = try BatchCosts(entry)
            return (costs, try costs.customers(in: entry.folder, definition))
        }
        var values: PageValues = [
            "title": texts("finance.title", ["number": "\(entry.id)"]),
            "portalTitle": definition.title, "reseller": account.reseller,
            "uploadName": entry.workbookName, "when": Self.when(entry.stamp),
            "who": entry.stamp.actor, "backHref": "/batches/\(entry.id)",
            "crumbs": [
                ["text": texts("page.home"), "href": "/"],
                ["text": definition.title, "href": "/portals/\(entry.portal)"],
                [
                    "text": texts("page.batch", ["number": "\(entry.id)"]),
                    "href": "/batches/\(entry.id)",
                ],
            ],
        ]
        if let note = upload?.note { values["note"] = note }
        if refusedCount > 0 {
            values["refusedText"] = texts("finance.refused", ["count": refusedCount])
        }
        values.merge(Self.values(costs, texts)) { $1 }
        values.merge(
            Self.page(
                customers, of: costs, Form(request.uri.query ?? "").pageNumber,
                "/batches/\(entry.id)/finance", texts)
        ) { $1 }
        return pages.page("finance", values, request, context)
    }

    private static func values(_ costs: BatchCosts, _ texts: PageTexts) -> PageValues {
        let unknown = texts("finance.unknown")
        let isPriced = costs.paid.allSatisfy { $0.sum != nil }
        var values: PageValues = [
            "hasPaid": !costs.paid.isEmpty,
            "paid": costs.paid.map { paid -> PageValues in
                var row: PageValues = [
                    "package": paid.package, "count": texts.number(paid.count),
                    "price": paid.price ?? unknown, "sum": paid.sum ?? unknown,
                ]
                row["currency"] = paid.currency
                row["per"] = texts.period(paid.per)
                return row
            },
            "sums": costs.sums.map { sum -> PageValues in
                var row: PageValues = ["amount": sum.amount.text]
                if !sum.currency.isEmpty { row["currency"] = sum.currency }
                row["per"] = texts.period(sum.per)
                return row
            },
        ]
        if !isPriced { values["unknownText"] = texts("finance.unknown_hint") }
        return values
    }

    /// A page of the customers.
    private static func page(
        _ customers: [BatchCosts.Customer], of costs: BatchCosts, _ number: Int, _ path: String,
        _ texts: PageTexts
    ) -> PageValues {
        let first = (number - 1) * SiteLimits.customersOnPaper
        let shown = customers.dropFirst(first).prefix(SiteLimits.customersOnPaper)
        var values: PageValues = [
            "customers": shown.map { ["name": $0.name, "package": $0.package] as PageValues },
            "hasCustomers": !shown.isEmpty,
        ]
        if !costs.paid.isEmpty && customers.isEmpty {
            values["goneText"] = texts("finance.gone")
        }
        let isPaged = customers.count > SiteLimits.customersOnPaper
        if isPaged {
            values["pageText"] = texts(
                "records.page",
                ["first": first + 1, "last": first + shown.count, "count": customers.count])
        }
        if number > 1 { values["previousHref"] = "\(path)?page=\(number - 1)" }
        if first + shown.count < customers.count {
            values["nextHref"] = "\(path)?page=\(number + 1)"
        }
        return values
    }
}

extension SiteMemory {
    /// The upload that a batch came of; nil once it is gone.
    func upload(of entry: AttemptEntry, _ reseller: String) throws -> SiteUpload? {
        let name = entry.folder.split(separator: "/").last.map(String.init) ?? ""
        return try upload(name, of: reseller)
    }
}

extension SiteUpload {
    /// What was noted when it was approved; nil for nothing.
    var note: String? {
        do {
            let approval = try JSONDecoder().decode(
                UploadApproval.self, from: Data(approval.utf8))
            return approval.note.isEmpty ? nil : approval.note
        } catch {
            return nil
        }
    }
}
