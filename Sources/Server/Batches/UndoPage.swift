import Foundation
import Hummingbird
import Ledger

extension Site {
    /// What can be taken back of a batch, what can't, and what is charged anyway.
    func undoPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await batch(context)
        let texts = PageTexts.of(context.language)
        let plan = try await undoPlan(of: entry, context)
        let path = "/batches/\(entry.id)"
        let title = texts("page.batch", ["number": "\(entry.id)"])
        var values: PageValues = [
            "title": texts("undo.heading"), "batchHref": path, "batchText": title,
            "upload": entry.workbookName, "action": "\(path)/undo",
            "lines": plan.split(separator: "\n").map(String.init), "hasLines": !plan.isEmpty,
            "digest": Secret.hex(Secret.digest(plan)),
            "crumbs": [
                ["text": texts("page.home"), "href": "/"], ["text": title, "href": path],
            ],
        ]
        if Form(request.uri.query ?? "")["changed"] == "1" {
            values["changedText"] = texts("undo.changed")
        }
        return pages.page("undo", values, request, context)
    }

    /// Takes a batch back as somebody has just seen it, with a batch of its own where the portal
    /// has done some of it already.
    func undo(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, _) = try await batch(context)
        let account = try context.account
        let digest = try await Form(request)["digest"]
        let plan = try await undoPlan(of: entry, context)
        guard digest == Secret.hex(Secret.digest(plan)) else {
            return Self.redirect("/batches/\(entry.id)/undo?changed=1")
        }
        let outcome = SiteFolder.undo(besideOutcome: entry.folder)
        let done = try await commands.run(
            ["undo", "\(entry.id)", "--confirm", "-o", outcome]
                + commands.memory(of: account.reseller, by: account.email, in: context.language),
            outcome: outcome)
        guard done.status == 0 || done.status == 1 else {
            throw done.problem("undo")
        }
        let made = try await Blocking.run { [ledger] in
            try ledger.attempt(inFolder: outcome, of: account.reseller)
        }
        return Self.redirect("/batches/\(made ?? entry.id)")
    }

    /// A line for each thing, in the language of whoever asks.
    private func undoPlan(of entry: AttemptEntry, _ context: SiteContext) async throws -> String {
        let account = try context.account
        let folder = try Self.temporaryFolder()
        defer { Self.remove(folder) }
        let done = try await commands.run(
            ["undo", "\(entry.id)", "--plan", "\(folder)/plan.txt"]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard done.status == 0,
            let bytes = FileManager.default.contents(atPath: "\(folder)/plan.txt")
        else { throw PageError(.internalServerError) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
