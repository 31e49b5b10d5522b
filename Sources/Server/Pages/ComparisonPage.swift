import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// Compares the portal's own list, which comes in a form, with what is known: a workbook of
    /// what differs, the most expensive first.
    func compare(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, definition) = (try context.account, try definition(context))
        guard definition.comparison != nil else { throw PageError(.notFound) }
        let folder = "\(configuration.folder)/incoming/\(Secret.random())"
        let file = try await UploadReceiver(
            request: request, site: self, account: account, folder: folder, field: "list"
        ).receive()
        guard let file else { throw PageError(.badRequest, "no_file") }
        defer { Self.remove(folder) }
        let named = try file.namedAsItWas()
        let done = try await commands.run(
            [
                "compare", definition.portal, "--portal-list", named, "-o",
                "\(folder)/made.xlsx",
            ] + commands.memory(of: account.reseller, by: account.email, in: context.language))
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/made.xlsx") else {
            throw PageError(.badRequest, "list", ["reason": done.said])
        }
        return Self.download(bytes, name: "\(definition.portal)-compare.xlsx")
    }
}
