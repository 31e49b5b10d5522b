import ArgumentParser
import Catalogue
import Foundation
import Gate
import Imports
import Ledger

/// `rowgate forget ADDRESS`: says where a value stands, and removes it.
struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget", abstract: "Says where an address stands, and removes it.")

    @Argument(help: "An address, or another value as it was typed.")
    var address: String

    @Flag(help: "Removes it; without, only says where it stands.")
    var confirm = false

    @OptionGroup var memory: RequiredLedgerOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Failure.reporting(in: common.lang) { messages in
            let remembering = try memory.open(.writing, try common.gate())
            let (ledger, reseller) = (remembering.ledger, remembering.reseller)
            let path = URL(filePath: memory.ledger).standardizedFileURL.path
            let files = SiteFolder(ofLedger: path)
            let site = (ledger as? any SiteMemory).map { SiteSearch(files, $0) }
            let uploads = try site?.uploads(holding: address, of: reseller) ?? []
            var places =
                try confirm
                ? ledger.forget(address, of: reseller, by: remembering.stamp)
                : ledger.places(of: address, of: reseller)
            if confirm { try site?.remove(uploads) }
            // What went with an upload is nobody's own.
            let outcomes = Set(uploads.map { files.outcome($0.id) })
            places.removeAll { $0.kind == .outcome && outcomes.contains($0.name) }
            let messages = try messages()
            for place in places { try Console.print(Self.sentence(place, messages)) }
            for upload in uploads {
                try Console.print(
                    messages.fragment(
                        "forget.upload",
                        ["record": upload.workbookName, "date": "\(upload.stamp.time.prefix(10))"]))
            }
            let word = confirm ? "forget.done" : "forget.found"
            Console.say(messages.fragment(word, ["count": "\(places.count + uploads.count)"]))
        }
    }

    private static func sentence(_ place: ValuePlace, _ messages: Messages) -> String {
        let upload = place.upload.map { "\($0)" } ?? ""
        return switch place.kind {
        case .record: messages.fragment("forget.record", ["record": place.name])
        case .files: messages.fragment("forget.files", ["upload": upload])
        case .outcome:
            messages.fragment("forget.outcome", ["upload": upload, "reason": place.name])
        }
    }
}
