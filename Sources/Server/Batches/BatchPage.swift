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
        let account = try context.account
        let (reseller, isAdmin) = (account.reseller, account.role != .user)
        let refusedCount = steps.count { $0.state == .refused }
        let doneCount = steps.count { $0.state.isSettled }
        let names = FileManager.default.subpaths(atPath: entry.folder) ?? []
        let own = try await self.definition(entry.portal, for: reseller)
        let view = BatchSteps(
            steps: steps, folder: entry.folder, definition: own, path: path, texts: texts,
            refused: BatchSteps.refused(of: steps), time: configuration.timestamp(),
            settingsHref: isAdmin ? "/portals/\(entry.portal)/settings" : nil)
        let (lines, undoings) = try await Blocking.run { [self] in
            (try view.lines(), try self.undoings(of: entry, steps, reseller))
        }
        var values: PageValues = [
            "title": texts("page.batch", ["number": "\(entry.id)"]), "number": "\(entry.id)",
            "upload": [
                "name": entry.workbookName, "portalTitle": definition.title,
                "portalHref": "/portals/\(entry.portal)", "when": Self.when(entry.stamp),
                "by": entry.stamp.actor,
            ],
            "doneCount": doneCount, "allCount": steps.count,
            "progressText": texts("batch.progress", ["done": doneCount, "count": steps.count]),
            "groups": view.groups(lines), "settleAction": "\(path)/steps",
            "confirmAction": "\(path)/confirm",
            "confirmHint": texts("batch.confirm_hint", ["portal": definition.title]),
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
        values["undoings"] = undoings.told.map { told($0, on: entry.id, definition, texts) }
        values["byHand"] = handRemainders(undoings.told, on: entry.id, definition, texts)
        if undoings.isOffered { values["undoHref"] = "\(path)/undo" }
        values["stopped"] = Self.stopped(steps, texts)
        values["portalLink"] = Self.portalLink(own, texts)
        let upload = try await Blocking.run { [ledger] in try ledger.upload(of: entry, reseller) }
        if let upload {
            values["uploadHref"] = "/uploads/\(upload.id)"
            values["approvalNote"] = upload.note
        }
        if refusedCount > 0,
            FileManager.default.fileExists(
                atPath: "\(refusedFolder(entry))/refused.xlsx")
        {
            values["refusedHref"] = "\(path)/files/refused.xlsx"
        }
        let query = Form(request.uri.query ?? "")
        if query["undone"] == "1", let last = undoings.told.last {
            values["notice"] = told(last, on: entry.id, definition, texts)
        }
        if query["none"] == "1" {
            values["notice"] = ["text": texts("notice.no_step"), "isBad": true]
        }
        if let notice = told(query, steps, texts) { values["notice"] = ["text": notice] }
        return pages.page("batch", values, request, context)
    }

    /// How many steps will not be done, and why.
    private static func stopped(_ steps: [OperationEntry], _ texts: PageTexts) -> [String] {
        let keys: [(OperationState, String)] = [(.refused, "refused"), (.takenBack, "back")]
        return keys.compactMap { state, key in
            let count = steps.count { $0.state == state }
            return count == 0 ? nil : texts("batch.\(key)_count", ["count": count])
        }
    }

    /// What has just become of steps.
    private func told(
        _ query: Form, _ steps: [OperationEntry], _ texts: PageTexts
    ) -> String? {
        if let count = Int(query["hand"]) { return texts("notice.by_hand", ["count": count]) }
        guard let count = Int(query["moved"]) else { return nil }
        let list = query["list"]
        if list.isEmpty { return texts("notice.steps", ["count": count]) }
        let openCount = steps.count { $0.state.isOpen }
        // What an address says is not told as if it were so.
        guard steps.contains(where: { $0.note == list }) else {
            return texts("notice.list_none", ["count": openCount])
        }
        let confirmed = texts("notice.list", ["count": count, "list": list])
        if openCount == 0 { return confirmed }
        return "\(confirmed) \(texts("notice.list_open", ["count": openCount]))"
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
}
