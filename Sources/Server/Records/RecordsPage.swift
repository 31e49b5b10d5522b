import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// The sheet that an address names.
    func recordSheet(_ context: SiteContext) async throws -> RecordSheet {
        let definition = try await definition(
            context.parameters.get("portal") ?? "", for: context.account.reseller)
        let id = context.parameters.get("sheet") ?? ""
        guard let sheet = definition.sheets.first(where: { $0.id == id }) else {
            throw PageError(.notFound)
        }
        return RecordSheet(
            definition: definition, sheet: sheet, texts: PageTexts.of(context.language))
    }

    /// All that a reseller has, by portal.
    func allRecordsPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, texts) = (try context.account, PageTexts.of(context.language))
        let counts = try await Blocking.run { [ledger, configuration] in
            try configuration.definitions.map {
                try ledger.recordCounts(
                    in: LedgerScope(reseller: account.reseller, portal: $0.portal))
            }
        }
        let portals = zip(configuration.definitions, counts).map { definition, counts in
            [
                "title": definition.title, "href": "/portals/\(definition.portal)",
                "sheets": Self.sheets(of: definition, counts, texts),
            ] as PageValues
        }
        return pages.page(
            "records-all",
            [
                "title": texts("page.records"), "portals": portals,
                "crumbs": [["text": texts("page.home"), "href": "/"]],
            ], request, context)
    }

    /// The sheets of a portal, each with how many there are and where to add one.
    static func sheets(
        of definition: Definition, _ counts: [String: Int], _ texts: PageTexts,
        current: String? = nil
    ) -> [PageValues] {
        definition.sheets.map { sheet in
            let view = RecordSheet(definition: definition, sheet: sheet, texts: texts)
            var values: PageValues = [
                "text": view.title, "href": view.path, "isCurrent": sheet.id == current,
                "actions": view.firstActions.map {
                    ["text": view.button($0), "href": view.newPath($0), "of": view.title]
                },
            ]
            if sheet.isRemembered { values["countText"] = texts.number(counts[sheet.id] ?? 0) }
            return values
        }
    }

    // MARK: - A sheet

    func recordsPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, view) = (try context.account, try await recordSheet(context))
        let scope = LedgerScope(reseller: account.reseller, portal: view.definition.portal)
        let asked = Form(request.uri.query ?? "")
        let counts = try await Blocking.run { [ledger] in try ledger.recordCounts(in: scope) }
        var values: PageValues = [
            "title": "\(view.definition.title): \(view.title)", "heading": view.title,
            "tabs": Self.sheets(
                of: view.definition, counts, view.texts, current: view.sheet.id),
            "tabsLabel": view.texts("records.tabs", ["portal": view.definition.title]),
            "actions": view.firstActions.map {
                ["text": view.button($0), "href": view.newPath($0)]
            },
            "path": view.path,
            "crumbs": [
                ["text": view.texts("page.home"), "href": "/"],
                [
                    "text": view.definition.title,
                    "href": "/portals/\(view.definition.portal)",
                ],
            ],
        ]
        values["portalLink"] = view.portalLink
        let more =
            view.sheet.isRemembered
            ? try await table(view, scope, asked) : try await steps(view, scope, asked)
        values.merge(more) { _, new in new }
        values["notice"] = try await formNotice(asked, account, view.texts)
        return pages.page("records", values, request, context)
    }

    private func table(
        _ view: RecordSheet, _ scope: LedgerScope, _ asked: Form
    ) async throws -> PageValues {
        var query = RecordQuery(view.sheet)
        query.words = String(asked["query"].trimmed.prefix(SiteLimits.searchLengthMax))
        query.standing = RecordStanding(rawValue: asked["state"])
        query.order = RecordQuery.Order(rawValue: asked["order"]) ?? .newest
        query.countMax = SiteLimits.recordsPerPage
        query.countsChildren = true
        let (number, page) = try await Blocking.run { [ledger, query] in
            var query = query
            query.first = (asked.pageNumber - 1) * query.countMax
            let page = try ledger.records(query, of: view.definition, in: scope)
            let number = PageNumber.shown(asked.pageNumber, of: page.count, each: query.countMax)
            if number == asked.pageNumber { return (number, page) }
            query.first = (number - 1) * query.countMax
            return (number, try ledger.records(query, of: view.definition, in: scope))
        }
        let families = RecordFamily.all(of: view.sheet, in: view.definition)
        let table = RecordsTable(view: view, page: page, families: families)
        var values = table.values
        values["isTable"] = true
        values["query"] = query.words
        values["isFiltered"] = !query.words.isEmpty || query.standing != nil
        values["states"] = [nil, .waiting, .there, .refused, .takenBack].map {
            (standing: RecordStanding?) -> PageValues in
            [
                "value": standing?.rawValue ?? "", "isChosen": standing == query.standing,
                "text": standing.map {
                    view.texts("records.\($0.rawValue)", ["portal": view.definition.title])
                } ?? view.texts("records.any"),
            ]
        }
        values["orders"] = RecordQuery.Order.allCases.map { order -> PageValues in
            [
                "value": order.rawValue, "isChosen": order == query.order,
                "text": view.texts("records.order_\(order.rawValue)"),
            ]
        }
        values["countText"] = view.texts(
            page.hasMore ? "records.more" : "records.count", ["count": page.count])
        values.merge(pager(view, asked, number, count: page.entries.count, of: page.count)) { $1 }
        return values
    }

    private func pager(
        _ view: RecordSheet, _ asked: Form, _ page: Int, count: Int, of all: Int
    ) -> PageValues {
        let first = (page - 1) * SiteLimits.recordsPerPage
        let rest = ["query", "state", "order"].filter { !asked[$0].isEmpty }.map {
            "&\($0)=\(Self.escaped(asked[$0]))"
        }.joined()
        var values: PageValues = [:]
        if count > 0 {
            values["pageText"] = view.texts(
                "records.page", ["first": first + 1, "last": first + count, "count": all])
        }
        if page > 1 { values["previousHref"] = "\(view.path)?page=\(page - 1)\(rest)" }
        if first + count < all { values["nextHref"] = "\(view.path)?page=\(page + 1)\(rest)" }
        return values
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// Of a sheet whose rows make nothing that stays, what was asked for.
    private func steps(
        _ view: RecordSheet, _ scope: LedgerScope, _ asked: Form
    ) async throws -> PageValues {
        let most = SiteLimits.recordsPerPage
        let (page, steps, lines) = try await Blocking.run { [self] in
            let steps = { (first: Int, countMax: Int) in
                try ledger.steps(
                    ofSheet: view.sheet.id, in: scope, first: first, countMax: countMax)
            }
            let page = try PageNumber.shown(asked.pageNumber, each: most) {
                try !steps($0, 1).isEmpty
            }
            let shown = try steps((page - 1) * most, most + 1)
            let named = shown.prefix(most).map { (batch: $0.origin.attempt, step: $0.step) }
            return (page, shown, try batchLines(named, of: scope.reseller))
        }
        let rows = steps.prefix(most).map { step in
            view.step(step.step, lines[step.origin.attempt]?[step.step.sequence])
                .merging(view.origin(step.origin)) { own, _ in own }
        }
        var values: PageValues = ["isSteps": true, "steps": rows, "hasSteps": !rows.isEmpty]
        if page > 1 { values["previousHref"] = "\(view.path)?page=\(page - 1)" }
        if steps.count > most { values["nextHref"] = "\(view.path)?page=\(page + 1)" }
        return values
    }
}
