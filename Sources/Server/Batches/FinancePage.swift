import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// A batch for whoever pays: what it costs, who it is for, and who approved it.
    func financePage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let id = try Self.batchID(context)
        let (entry, upload, steps, gone) = try await Blocking.run { [ledger] in
            let entry = try ledger.attempt(id, of: account.reseller)
            return (
                entry, try ledger.upload(of: entry, account.reseller),
                try ledger.operations(of: id, of: account.reseller),
                try ledger.customersGone(of: id, of: account.reseller)
            )
        }
        let refusedCount = steps.count(where: \.state.isGivenBack)
        let definition = try definition(entry.portal)
        let texts = PageTexts.of(context.language)
        let (costs, customers) = try await Blocking.run {
            let costs = try BatchCosts(entry, steps, gone: gone, definition)
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
        values.merge(Self.values(costs, costs.countsBack(customers), texts)) { $1 }
        // What was taken back of it cannot be told any more.
        if customers.isEmpty && refusedCount > 0 {
            values["asApprovedText"] = texts("finance.as_approved")
        }
        values.merge(
            Self.page(
                customers, of: costs, Form(request.uri.query ?? "").pageNumber,
                "/batches/\(entry.id)/finance", texts)
        ) { $1 }
        return pages.page("finance", values, request, context)
    }

    /// What was approved stands as it is; what nobody pays for is a line of its own below it.
    private static func values(
        _ costs: BatchCosts, _ countsBack: [String: Int], _ texts: PageTexts
    ) -> PageValues {
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
            "hasBack": !countsBack.isEmpty,
            "back": costs.paid.compactMap { paid -> PageValues? in
                guard let count = countsBack[paid.package] else { return nil }
                let sum = paid.sum(of: count).map { "−\($0.text)" }
                var row: PageValues = [
                    "package": texts("finance.line_back", ["package": paid.package]),
                    "count": "−\(texts.number(count))", "price": paid.price ?? unknown,
                    "sum": sum ?? unknown,
                ]
                row["currency"] = paid.currency
                row["per"] = texts.period(paid.per)
                return row
            },
            "sums": costs.sums(without: countsBack).map { sum -> PageValues in
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
        let number = PageNumber.shown(
            number, of: customers.count, each: SiteLimits.customersOnPaper)
        let first = (number - 1) * SiteLimits.customersOnPaper
        let shown = customers.dropFirst(first).prefix(SiteLimits.customersOnPaper)
        var values: PageValues = [
            "customers": shown.map { customer -> PageValues in
                var row: PageValues = ["name": customer.name, "package": customer.package]
                if customer.isBack { row["backText"] = texts("finance.customer_back") }
                return row
            },
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
