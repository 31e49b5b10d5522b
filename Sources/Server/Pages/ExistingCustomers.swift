import Foundation
import Hummingbird
import Ledger
import Portals

// Customers that were there before Rowgate.
extension Site {
    /// Takes the portal's own list, or a workbook of customers, which comes in a form: they are
    /// known from then on, with nothing to do for them.
    func receiveExisting(_ request: Request, _ context: SiteContext) async throws -> Response {
        let definition = try definition(context)
        let file = try await UploadReceiver(
            request: request, site: self, account: context.account, folder: incomingFolder(),
            field: "list"
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        let counts = try await adopt(file, definition, context)
        return Self.redirect("/portals/\(definition.portal)?\(counts.query)")
    }

    /// Makes customers known from a file that came, which is gone then.
    func adopt(
        _ file: UploadReceiver.Received, _ definition: Definition, _ context: SiteContext
    ) async throws -> AdoptedCounts {
        defer { Self.remove(file.folder) }
        let account = try context.account
        let path = "\(file.folder)/counts.json"
        let done = try await commands.run(
            ["adopt", definition.portal, try file.namedAsItWas(), "--counts", path]
                + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard done.status == 0, let bytes = FileManager.default.contents(atPath: path) else {
            throw done.problem("list")
        }
        return try JSONDecoder().decode(AdoptedCounts.self, from: bytes)
    }
}

/// How many customers a file made known.
struct AdoptedCounts: Codable {
    let added, changed, same, nameless: Int

    /// As it stands in an address; nil for another.
    init?(_ query: Form) {
        guard let added = Int(query["added"]), let changed = Int(query["changed"]),
            let same = Int(query["same"]), let nameless = Int(query["nameless"])
        else { return nil }
        (self.added, self.changed, self.same, self.nameless) = (added, changed, same, nameless)
    }

    var query: String { "added=\(added)&changed=\(changed)&same=\(same)&nameless=\(nameless)" }

    /// In words: what there is none of is not told, but for new ones.
    func text(_ texts: PageTexts) -> String {
        let others = [("changed", changed), ("same", same), ("nameless", nameless)]
        return ([("added", added)] + others.filter { $0.1 > 0 }).map {
            texts("notice.adopted_\($0.0)", ["count": $0.1])
        }.joined(separator: " ")
    }
}
