import Foundation
import Hummingbird
import JSON
import Ledger

// What was approved, and the operations that portals or people see to.
extension API {
    var batchRoutes: [APIRoute] {
        let states = OperationAnswer.states.map(\.word)
        return [
            APIRoute(
                .get, "/batches", "listBatches", "Batches, the newest first.",
                query: [.portal] + APIRoute.Parameter.page,
                .json(APIPage<BatchAnswer>.schema), listBatches),
            APIRoute(
                .get, "/batches/{batch}", "getBatch",
                "A batch, and how many of its operations are in each state.",
                .json(.named(BatchAnswer.name)), getBatch),
            APIRoute(
                .get, "/batches/{batch}/operations", "listOperations",
                "Its operations, in the order in which they are done.",
                query: [
                    .init(name: "state", schema: .oneOf(states), text: "Only in this state.")
                ] + APIRoute.Parameter.page,
                .json(APIPage<OperationAnswer>.schema), listOperations),
            APIRoute(
                .post, "/batches/{batch}/operations", "settleOperations",
                "Says what became of operations; rows that a portal refused come back.",
                body: .json(Settling.members), .json(.named(BatchAnswer.name)), settleOperations),
            APIRoute(
                .put, "/batches/{batch}/confirmation", "confirmBatch",
                "Settles operations by the portal's own list, which is the whole body.",
                query: [.fileName], body: .file, .json(.named(BatchAnswer.name)), confirmBatch),
            APIRoute(
                .get, "/batches/{batch}/files/{file}", "getBatchFile",
                "One of its files: refused.xlsx are the rows that a portal refused.",
                .file(type: "application/octet-stream"), getBatchFile),
        ]
    }

    private struct Settling: Decodable {
        let operations: [Int]
        let state: String
        let note: String?

        static var members: [APISchema.Member] {
            [
                .init("operations", .list(.number)),
                .init("state", .oneOf(["done", "handedOver", "refused", "ready", "notNeeded"])),
                .init("note", .text, isRequired: false),
            ]
        }
    }

    private func batch(_ context: SiteContext) async throws -> AttemptEntry {
        let (account, id) = (try context.account, try Site.batchID(context))
        return try await Blocking.run { [ledger = site.ledger] in
            try ledger.attempt(id, of: account.reseller)
        }
    }

    func listBatches(_ request: Request, _ context: SiteContext) async throws -> Response {
        let account = try context.account
        let query = Form(request.uri.query ?? "")
        let (portal, limit) = (try portal(query), try limit(query))
        let after = UploadID(query["after"])
        guard after != nil || query["after"].isEmpty else {
            throw PageError(.badRequest, "parameter", ["name": "after"])
        }
        let batches = try await Blocking.run { [ledger = site.ledger] in
            try ledger.batches(
                of: account.reseller, portal: portal, before: after, countMax: limit + 1)
        }
        return Response(
            APIPage(batches, countMax: limit, cursor: \.id.description) {
                BatchAnswer(entry: $0, counts: $0.operations)
            })
    }

    func getBatch(_ request: Request, _ context: SiteContext) async throws -> Response {
        Response(try await answer(batch(context), context))
    }

    private func answer(
        _ entry: AttemptEntry, _ context: SiteContext
    ) async throws -> BatchAnswer {
        let account = try context.account
        let operations = try await Blocking.run { [ledger = site.ledger] in
            try ledger.operations(of: entry.id, of: account.reseller)
        }
        let counts = Dictionary(grouping: operations, by: \.state).mapValues(\.count)
        let files = FileManager.default.subpaths(atPath: entry.folder) ?? []
        let refused = site.refusedFolder(entry)
        let more = FileManager.default.subpaths(atPath: refused) ?? []
        return BatchAnswer(entry: entry, counts: counts, files: (files + more).sorted())
    }

    func listOperations(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, id) = (try context.account, try Site.batchID(context))
        let query = Form(request.uri.query ?? "")
        let limit = try limit(query)
        let state = OperationAnswer.states.first { $0.word == query["state"] }?.state
        guard state != nil || query["state"].isEmpty else {
            throw PageError(.badRequest, "parameter", ["name": "state"])
        }
        guard let after = query["after"].isEmpty ? 0 : Int(query["after"]) else {
            throw PageError(.badRequest, "parameter", ["name": "after"])
        }
        let operations = try await Blocking.run { [ledger = site.ledger] in
            try ledger.operations(
                of: id, of: account.reseller, in: state, after: after, countMax: limit + 1)
        }
        return Response(
            APIPage(operations, countMax: limit, cursor: { "\($0.sequence)" }) {
                OperationAnswer(entry: $0)
            })
    }

    func settleOperations(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, account) = (try await batch(context), try context.account)
        let asked = try await body(Settling.self, of: request).value
        guard let state = OperationAnswer.states.first(where: { $0.word == asked.state })?.state,
            state != .unknown, state != .takenBack
        else { throw PageError(.badRequest, "json") }
        let known = try await Blocking.run { [ledger = site.ledger] in
            Set(try ledger.operations(of: entry.id, of: account.reseller).map(\.sequence))
        }
        guard known.isSuperset(of: asked.operations) else {
            throw PageError(.badRequest, "no_step")
        }
        try await site.settle(
            entry, asked.operations.map { "\($0)" }, as: state, note: asked.note ?? "", context)
        return Response(try await answer(batch(context), context))
    }

    func confirmBatch(_ request: Request, _ context: SiteContext) async throws -> Response {
        let entry = try await batch(context)
        let file = try await receiveList(request, context)
        defer { Site.remove(file.folder) }
        try await site.settle(
            entry, ["--list", try file.namedAsItWas()], problem: "list", context)
        return Response(try await answer(batch(context), context))
    }

    func getBatchFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        try await site.file(context.parameters.get("file") ?? "", of: batch(context))
    }
}

/// A batch, as programs are told of it.
struct BatchAnswer: APIAnswer {
    static let name = "Batch"
    static let members: [APISchema.Member] = [
        .init("id", .text), .init("portal", .text), .init("name", .text), .init("by", .text),
        .init("time", .time),
        .init("operations", .object(OperationAnswer.states.map { .init($0.word, .number) })),
        .init("files", .list(.text)),
    ]

    let entry: AttemptEntry
    let counts: [OperationState: Int]
    /// Told of one alone.
    var files: [String] = []

    func write(to json: inout JSONWriter) {
        json.member("id", "\(entry.id)")
        json.member("portal", entry.portal)
        json.member("name", entry.workbookName)
        json.member("by", entry.stamp.actor)
        json.member("time", entry.stamp.time)
        json.object("operations") { json in
            for (state, word) in OperationAnswer.states { json.member(word, counts[state] ?? 0) }
        }
        json.texts("files", files)
    }
}

/// An operation, as programs are told of it.
struct OperationAnswer: APIAnswer {
    static let name = "Operation"
    static let states: [(state: OperationState, word: String)] = [
        (.ready, "ready"), (.handedOver, "handedOver"), (.done, "done"), (.refused, "refused"),
        (.unknown, "unknown"), (.notNeeded, "notNeeded"),
        (.takenBack, "takenBack"),
    ]
    static let members: [APISchema.Member] = [
        .init("number", .number), .init("name", .text), .init("operation", .text),
        .init("kind", .text), .init("state", .oneOf(states.map(\.word))),
        .init("note", .optional(.text)), .init("sheet", .optional(.text)),
        .init("row", .optional(.number)), .init("held", .flag),
        .init("heldUntil", .optional(.text)), .init("by", .optional(.text)),
        .init("time", .optional(.time)),
    ]

    let entry: OperationEntry

    func write(to json: inout JSONWriter) {
        json.member("number", entry.sequence)
        json.member("name", entry.name)
        json.member("operation", entry.operation)
        json.member("kind", entry.kind)
        json.member("state", Self.states.first { $0.state == entry.state }?.word)
        json.member("note", entry.note)
        json.member("sheet", entry.sheet)
        json.member("row", number: entry.rowNumber)
        json.member("held", entry.isHeld)
        json.member("heldUntil", entry.heldUntil)
        json.member("by", entry.stamp?.actor)
        json.member("time", entry.stamp?.time)
    }
}
