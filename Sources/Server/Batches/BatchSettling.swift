import Foundation
import Hummingbird
import Ledger

// What people say became of steps, one by one, of all of a kind, or by the portal's own list.
extension Site {
    /// Says what became of steps.
    func settleSteps(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (entry, steps) = try await batch(context)
        let form = try await Form(request)
        let known = Set(steps.map { "\($0.sequence)" })
        var chosen = form.all("step").filter { known.contains($0) }
        let states: [String: OperationState] = [
            "done": .done, "handed_over": .handedOver, "refused": .refused, "ready": .ready,
            "not_needed": .notNeeded,
        ]
        var state = states[form["verdict"]]
        let group = form["group"]
        if !group.isEmpty, steps.contains(where: { $0.operation == group }) {
            (chosen, state) = ([group], .done)
        }
        guard let state else { throw PageError(.badRequest, "form") }
        if group.isEmpty && form.all("step").isEmpty {
            return Self.redirect("/batches/\(entry.id)?none=1")
        }
        if state == .refused, try await !hasSeenRefusal(form, entry, steps, context) {
            let query = chosen.map { "step=\($0)&" }.joined()
            let note = Self.escaped(form["note"])
            return Self.redirect(
                "/batches/\(entry.id)/refusal?\(query)note=\(note)&changed=1")
        }
        let count = try await settle(entry, chosen, as: state, note: form["note"], context)
        return Self.redirect("/batches/\(entry.id)?moved=\(count)")
    }

    /// Says what became of steps, by their numbers, or by an operation's id of all such.
    ///
    /// - Returns: how many moved.
    @discardableResult
    func settle(
        _ entry: AttemptEntry, _ steps: [String], as state: OperationState, note: String,
        _ context: SiteContext
    ) async throws -> Int {
        let flags: [OperationState: [String]] = [
            .done: [], .handedOver: ["--handed-over"], .refused: ["--refused"],
            .ready: ["--ready"], .notNeeded: ["--not-needed"],
        ]
        guard let flag = flags[state] else { throw PageError(.badRequest, "form") }
        if steps.isEmpty { throw PageError(.badRequest, "no_step") }
        let words = note.trimmed.isEmpty ? [] : ["--note=\(note.trimmed)"]
        return try await settle(entry, steps + flag + words, problem: "settle", context)
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
        let path = try file.namedAsItWas()
        let count = try await settle(entry, ["--list", path], problem: "list", context)
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        return Self.redirect("/batches/\(entry.id)?moved=\(count)&list=\(Self.escaped(name))")
    }

    /// Settles steps as the command that is named so does.
    ///
    /// - Parameter problem: what is told when it can't.
    /// - Returns: how many moved.
    @discardableResult
    func settle(
        _ entry: AttemptEntry, _ arguments: [String], problem: String, _ context: SiteContext
    ) async throws -> Int {
        let account = try context.account
        let before = try await batch(context).steps
        let folder = refusedFolder(entry)
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        let done = try await commands.run(
            ["done", "\(entry.id)"] + arguments + ["--rejected", "\(folder)/refused.xlsx"]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard done.status == 0 else {
            throw done.problem(problem)
        }
        let after = try await batch(context).steps
        if after.contains(where: { $0.state == .refused }) {
            try await awaitAnswer(to: entry, account)
        }
        return zip(before, after).count { $0 != $1 }
    }

    /// Has an upload that was done with wait for somebody again: rows of it come back.
    private func awaitAnswer(to entry: AttemptEntry, _ account: Account) async throws {
        let upload = try await Blocking.run { [ledger] in
            try ledger.upload(of: entry, account.reseller)
        }
        guard var upload, upload.standing == .done else { return }
        upload.standing = .open
        _ = try await make(.update(upload, from: upload.state, as: nil))
    }
}
