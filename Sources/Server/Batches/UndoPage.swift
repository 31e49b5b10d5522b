import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// What can be taken back of a batch, what can't, and what is charged anyway.
    func undoPage(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, steps) = try await batch(context)
        let reseller = try context.account.reseller
        let isOffered = try await Blocking.run { [self] in
            try undoings(of: entry, steps, reseller).isOffered
        }
        let texts = PageTexts.of(context.language)
        let plan = try await undoPlan(of: entry, context)
        let path = "/batches/\(entry.id)"
        let title = texts("page.batch", ["number": "\(entry.id)"])
        var values: PageValues = [
            "title": texts("undo.heading"), "batchHref": path, "batchText": title,
            "upload": entry.workbookName, "action": "\(path)/undo",
            "lines": plan.split(separator: "\n").map(String.init),
            "hasLines": !plan.isEmpty && isOffered,
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
        let form = try await Form(request)
        let (digest, note) = (form["digest"], form["note"].trimmed)
        let plan = try await undoPlan(of: entry, context)
        guard digest == Secret.hex(Secret.digest(plan)) else {
            return Self.redirect("/batches/\(entry.id)/undo?changed=1")
        }
        let outcome = SiteFolder.undo(besideOutcome: entry.folder)
        let done = try await commands.run(
            ["undo", "\(entry.id)", "--confirm", "-o", outcome]
                + (note.isEmpty ? [] : ["--note=\(note)"])
                + commands.memory(of: account.reseller, by: account.email, in: context.language),
            outcome: outcome)
        guard done.status == 0 || done.status == 1 else {
            throw done.problem("undo")
        }
        let made = try await Blocking.run { [ledger] in
            try ledger.attempt(inFolder: outcome, of: account.reseller)
        }
        return Self.redirect("/batches/\(made ?? entry.id)?undone=1")
    }

    /// What was taken back of a batch, and what it takes back itself; and whether there is anything
    /// left of it to take back.
    func undoings(
        of entry: AttemptEntry, _ steps: [OperationEntry], _ reseller: String
    ) throws -> (told: [Undoing], isOffered: Bool) {
        let told = try ledger.undoings(of: entry.id, of: reseller)
        guard steps.contains(where: { !$0.state.isGivenBack }) else { return (told, false) }
        guard let last = told.last(where: { $0.upload == entry.id }) else { return (told, true) }
        // What came back since can be taken back again.
        if steps.contains(where: { $0.state.isOpen || $0.state == .unknown }) {
            return (told, true)
        }
        let counter = try last.counter.map { try ledger.operations(of: $0, of: reseller) } ?? []
        return (told, counter.contains { $0.state.isGivenBack })
    }

    /// Who took back what when, in words, on the page of either batch.
    func told(
        _ undoing: Undoing, on id: UploadID, _ definition: Definition, _ texts: PageTexts
    ) -> PageValues {
        let isOwn = undoing.upload == id
        let other = isOwn ? undoing.counter : undoing.upload
        var sentences = [
            texts(
                isOwn ? "undo.told" : "undo.told_counter",
                ["when": Self.when(undoing.stamp), "who": undoing.stamp.actor])
        ]
        if isOwn && undoing.count > 0 {
            sentences.append(texts("undo.called_off", ["count": undoing.count]))
        }
        if isOwn && other != nil {
            sentences.append(texts("undo.counter", ["portal": definition.title]))
        }
        let leftCount = undoing.remainders.count { $0.stamp == nil }
        if leftCount > 0 {
            sentences.append(
                texts("undo.left", ["count": leftCount, "portal": definition.title]))
        }
        var values: PageValues = ["text": sentences.joined(separator: " ")]
        values["note"] = undoing.note
        if let other {
            values["href"] = "/batches/\(other)"
            values["linkText"] = texts("page.batch", ["number": "\(other)"])
        }
        return values
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
