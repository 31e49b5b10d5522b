import Foundation
import Hummingbird
import JSON
import Ledger
import Portals

// What is known of a reseller's customers, found and changed as people do it on pages.
extension API {
    var recordRoutes: [APIRoute] {
        let one = APIRoute.Content.json(.named(ImportAnswer.name))
        let full: [HTTPResponse.Status] = [.tooManyRequests]
        return [
            APIRoute(
                .get, "/portals/{portal}/records/{sheet}", "listRecords",
                "What is known of a sheet's customers.",
                query: RecordQuery.parameters + APIRoute.Parameter.page,
                .json(APIPage<RecordAnswer>.schema), listRecords),
            APIRoute(
                .get, "/portals/{portal}/records/{sheet}/{record}", "getRecord",
                "One of them, also when the portal refused it.",
                .json(.named(RecordAnswer.name)), getRecord),
            APIRoute(
                .post, "/portals/{portal}/records/{sheet}", "addRecord",
                "Hands in one row, as the form on a page does: it becomes an import.",
                isKeyed: true, body: .json(Row.members), status: .accepted, one, problems: full,
                sendRow),
            APIRoute(
                .post, "/portals/{portal}/records/{sheet}/{record}", "changeRecord",
                "Hands in one row about what is known: it becomes an import.",
                isKeyed: true, body: .json(Row.members), status: .accepted, one, problems: full,
                sendRow),
        ]
    }

    /// The sheet that an address names; those whose rows make nothing that stays have no records.
    private func sheet(_ context: SiteContext) async throws -> RecordSheet {
        let view = try await site.recordSheet(context)
        guard view.sheet.isRemembered else { throw PageError(.notFound) }
        return view
    }

    func listRecords(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, view) = (try context.account, try await sheet(context))
        let asked = Form(request.uri.query ?? "")
        var query = RecordQuery(view.sheet)
        query.words = String(asked["query"].trimmed.prefix(SiteLimits.searchLengthMax))
        query.standing = try one(RecordStanding.self, asked, "state")
        query.order = try one(RecordQuery.Order.self, asked, "order") ?? .newest
        query.countMax = try limit(asked)
        let most = SiteLimits.pageNumberMax * SiteLimits.pageCountMax
        guard let first = Int(asked["after"].isEmpty ? "0" : asked["after"]),
            (0...most).contains(first)
        else { throw PageError(.badRequest, "parameter", ["name": "after"]) }
        query.first = first
        let scope = LedgerScope(reseller: account.reseller, portal: view.definition.portal)
        let page = try await Blocking.run { [ledger = site.ledger, query] in
            try ledger.records(query, of: view.definition, in: scope)
        }
        let last = first + page.entries.count
        return Response(
            APIPage(
                page.entries.map { RecordAnswer(entry: $0, view: view) },
                next: last < page.count && last > first ? "\(last)" : nil))
    }

    /// A word of a kind that stands in an address; nil where none does.
    private func one<Word: RawRepresentable<String>>(
        _ type: Word.Type, _ asked: Form, _ name: String
    ) throws -> Word? {
        if asked[name].isEmpty { return nil }
        guard let word = Word(rawValue: asked[name]) else {
            throw PageError(.badRequest, "parameter", ["name": name])
        }
        return word
    }

    func getRecord(_ request: Request, _ context: SiteContext) async throws -> Response {
        let view = try await sheet(context)
        return Response(RecordAnswer(entry: try await site.record(view, context), view: view))
    }

    // MARK: - Rows that come

    private struct Row: Decodable {
        struct Cell: Decodable {
            let column, value: String
        }

        let action: String?
        let values: [Cell]?

        static var members: [APISchema.Member] {
            [
                .init("action", .text, isRequired: false),
                .init(
                    "values",
                    .list(.object([.init("column", .text), .init("value", .text)])),
                    isRequired: false),
            ]
        }
    }

    /// Takes a row as a form's is taken; columns that are not named stay as they are.
    private func sendRow(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, view) = (try context.account, try await site.recordSheet(context))
        // Whoever may not see a record is told nothing of what is wrong with the request.
        let isKnown = context.parameters.get("record") != nil
        if isKnown { _ = try await site.record(view, context) }
        let (asked, bytes) = try await body(Row.self, of: request)
        let change = view.sheet.makesLinks ? Action.link : .update
        let slug = asked.action ?? (isKnown ? change.slug : "")
        let form = try await site.recordForm(context, action: slug)
        let columns = form.editable.map { view.sheet.fields[$0].id }
        let cells = asked.values ?? []
        guard cells.allSatisfy({ columns.contains($0.column) }) else {
            throw PageError(.badRequest, "json")
        }
        let typed = form.filled(
            Dictionary(cells.map { ($0.column, $0.value) }, uniquingKeysWith: { $1 }))
        guard let upload = try await site.upload(of: form, typed, by: account) else {
            throw PageError(.badRequest, "json")
        }
        let told = told(ImportAnswer(upload: upload, files: ["workbook.xlsx"]))
        var keyed = try keyed(request, account, asked: bytes)
        keyed?.answer = told
        let outcome = try await site.make(.add(upload), asked: keyed)
        if outcome != .done { Site.remove(site.configuration.uploadFolder(upload.id)) }
        return try response(outcome, told)
    }
}

extension RecordQuery {
    fileprivate static let parameters: [APIRoute.Parameter] = [
        .init(name: "query", schema: .text, text: "Only those of which some value holds it."),
        .init(
            name: "state", schema: .oneOf(RecordStanding.allCases.map(\.rawValue)),
            text: "Only these; else all but those that the portal refused."),
        .init(
            name: "order", schema: .oneOf(Order.allCases.map(\.rawValue)),
            text: "The newest first, or by name."),
    ]
}

/// A record, as programs are told of it.
struct RecordAnswer: APIAnswer {
    static let name = "Record"
    static let members: [APISchema.Member] = [
        .init("id", .text), .init("portal", .text), .init("sheet", .text), .init("name", .text),
        .init("state", .oneOf(RecordStanding.allCases.map(\.rawValue))),
        .init(
            "values",
            .list(.object([.init("column", .text), .init("value", .optional(.text))]))),
        .init("import", .optional(.text)), .init("batch", .optional(.text)),
        .init("workbook", .text), .init("row", .number), .init("by", .text), .init("time", .time),
    ]

    let entry: RecordEntry
    let view: RecordSheet

    func write(to json: inout JSONWriter) {
        json.member("id", entry.id)
        json.member("portal", view.definition.portal)
        json.member("sheet", view.sheet.id)
        json.member("name", view.name(of: entry.values))
        json.member("state", entry.standing.rawValue)
        json.list("values", Array(view.sheet.fields.indices)) { json, field in
            let value = view.shown(entry.values, field)
            json.member("column", view.sheet.fields[field].id)
            json.member("value", value.isEmpty ? nil : value)
        }
        json.member("import", entry.origin.upload)
        json.member("batch", entry.origin.isAdopted ? nil : "\(entry.origin.attempt)")
        json.member("workbook", entry.origin.workbookName)
        json.member("row", entry.origin.rowNumber)
        json.member("by", entry.origin.stamp.actor)
        json.member("time", entry.origin.stamp.time)
    }
}
