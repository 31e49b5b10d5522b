import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// The accepted upload that an address names, of whoever asks.
    func batch(
        _ context: SiteContext
    ) async throws -> (entry: AttemptEntry, steps: [OperationEntry]) {
        let account = try context.account
        let id = try Self.batchID(context)
        return try await Blocking.run { [ledger] in
            (
                try ledger.attempt(id, of: account.reseller),
                try ledger.operations(of: id, of: account.reseller)
            )
        }
    }

    static func batchID(_ context: SiteContext) throws -> UploadID {
        guard let id = UploadID(context.parameters.get("batch") ?? "") else {
            throw PageError(.notFound)
        }
        return id
    }

    func batchPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, steps) = try await batch(context)
        let texts = PageTexts.of(context.language)
        let definition = try definition(entry.portal)
        let path = "/batches/\(entry.id)"
        let forPeople = steps.filter { $0.kind == "file" || $0.kind == "manual" }
        let doneCount = forPeople.count { $0.state == .done }
        let names = FileManager.default.subpaths(atPath: entry.folder) ?? []
        let view = BatchSteps(
            steps: steps, folder: entry.folder, definition: definition, path: path, texts: texts,
            time: configuration.timestamp())
        var values: PageValues = [
            "title": texts("page.batch", ["number": "\(entry.id)"]), "number": "\(entry.id)",
            "upload": [
                "name": entry.workbookName, "portalTitle": definition.title,
                "portalHref": "/portals/\(entry.portal)", "when": Self.when(entry.stamp),
                "by": entry.stamp.actor,
            ],
            "doneCount": doneCount, "allCount": forPeople.count,
            "progressText": texts(
                "batch.progress", ["done": doneCount, "count": forPeople.count]),
            "groups": view.groups, "settleAction": "\(path)/steps",
            "confirmAction": "\(path)/confirm", "undoHref": "\(path)/undo",
            "financeHref": "\(path)/finance",
            "files": names.sorted().map { name -> PageValues in
                let href = "\(path)/files/\(name)"
                guard let kind = Self.kind(ofFile: name) else {
                    return ["name": name, "href": href]
                }
                return ["name": texts("download.\(kind)"), "href": href, "text": name]
            },
            "crumbs": [
                ["text": texts("page.home"), "href": "/"],
                ["text": definition.title, "href": "/portals/\(entry.portal)"],
            ],
        ]
        let reseller = try context.account.reseller
        values["portalLink"] = Self.portalLink(
            try await self.definition(entry.portal, for: reseller), texts)
        let upload = try await Blocking.run { [ledger] in try ledger.upload(of: entry, reseller) }
        if let upload {
            values["uploadHref"] = "/uploads/\(upload.id)"
            values["approvalNote"] = upload.note
        }
        if names.contains("refused.xlsx") { values["refusedHref"] = "\(path)/files/refused.xlsx" }
        if let count = Int(Form(request.uri.query ?? "")["moved"]) {
            values["notice"] = ["text": texts("notice.steps", ["count": count])]
        }
        return pages.page("batch", values, request, context)
    }

    func batchFile(_ request: Request, _ context: SiteContext) async throws -> Response {
        try file(context.parameters.get("file") ?? "", of: await batch(context).entry)
    }

    func file(_ name: String, of entry: AttemptEntry) throws -> Response {
        if name == "refused.xlsx" { return try Self.file(name, in: refusedFolder(entry)) }
        return try Self.file(name, in: entry.folder)
    }

    func refusedFolder(_ entry: AttemptEntry) -> String {
        SiteFolder.refused(besideOutcome: entry.folder)
    }

    /// Says what became of steps.
    func settleSteps(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, steps) = try await batch(context)
        let form = try await Form(request)
        let known = Set(steps.map { "\($0.sequence)" })
        let chosen = form.all("step").filter { known.contains($0) }
        let states: [String: OperationState] = [
            "done": .done, "handed_over": .handedOver, "refused": .refused, "ready": .ready,
        ]
        guard let state = states[form["verdict"]] else { throw PageError(.badRequest, "form") }
        try await settle(entry, chosen, as: state, note: form["note"], context)
        return Self.redirect("/batches/\(entry.id)?moved=\(chosen.count)")
    }

    /// Says what became of steps, by their numbers.
    func settle(
        _ entry: AttemptEntry, _ steps: [String], as state: OperationState, note: String,
        _ context: SiteContext
    ) async throws {
        let flags: [OperationState: [String]] = [
            .done: [], .handedOver: ["--handed-over"], .refused: ["--refused"],
            .ready: ["--ready"],
        ]
        guard let flag = flags[state] else { throw PageError(.badRequest, "form") }
        if steps.isEmpty { throw PageError(.badRequest, "no_step") }
        let words = note.trimmed.isEmpty ? [] : ["--note=\(note.trimmed)"]
        try await settle(entry, steps + flag + words, context)
    }

    /// Settles steps by the portal's own list.
    func confirmByList(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await batch(context)
        let file = try await UploadReceiver(
            request: request, site: self, account: context.account, folder: incomingFolder(),
            field: "list"
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        defer { Self.remove(file.folder) }
        try await settle(entry, ["--list", try file.namedAsItWas()], context)
        return Self.redirect("/batches/\(entry.id)")
    }

    /// Settles steps as the command that is named so does.
    func settle(
        _ entry: AttemptEntry, _ arguments: [String], _ context: SiteContext
    ) async throws {
        let account = try context.account
        let folder = refusedFolder(entry)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let done = try await commands.run(
            ["done", "\(entry.id)"] + arguments + ["--rejected", "\(folder)/refused.xlsx"]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard done.status == 0 else {
            throw PageError(.badRequest, "list", ["reason": done.said])
        }
    }
}
