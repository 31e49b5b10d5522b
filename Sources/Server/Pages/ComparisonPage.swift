import Foundation
import Hummingbird
import Ledger
import Portals

extension Site {
    /// Compares the portal's own list, which comes in a form, perhaps with an invoice, with what is
    /// known: a workbook of what differs, the most expensive first.
    func compare(_ request: Request, _ context: SiteContext) async throws -> Response {
        let (account, definition) = (try context.account, try definition(context))
        guard definition.comparison != nil else { throw PageError(.notFound) }
        let folder = incomingFolder()
        var receiver = UploadReceiver(
            request: request, site: self, account: account, folder: folder, field: "list")
        if definition.ofInvoice != nil { receiver.otherField = "invoice" }
        guard let file = try await receiver.receive() else {
            throw PageError(.badRequest, "no_file")
        }
        defer { Self.remove(folder) }
        var arguments = [
            "compare", definition.portal, "--portal-list", try file.namedAsItWas(), "-o",
            "\(folder)/made.xlsx",
        ]
        if let invoice = try file.otherNamedAsItWas() { arguments += ["--invoice", invoice] }
        let memory = commands.memory(
            of: account.reseller, by: account.email, in: context.language)
        let done = try await commands.run(arguments + memory)
        guard let bytes = FileManager.default.contents(atPath: "\(folder)/made.xlsx") else {
            throw done.problem("list")
        }
        return Self.download(bytes, name: "\(definition.portal)-compare.xlsx")
    }
}
