import Foundation
import Ledger
import Portals

/// One thing that was done, as people read of it.
struct AuditWords {
    /// What was done: `handed in an upload`.
    let action: String
    /// What it was done to; empty where the action says so.
    let object: String
    /// Where that is; nil where it has no page, or is gone.
    var href: String?
    /// What came of it: `1 step done, 2 steps refused`; empty where nothing is counted.
    let outcome: String
}

/// Makes words of entries of the audit, which keep ids and numbers alone. What those are called is
/// looked up when somebody reads: of what is gone by then, no name is left.
struct AuditReader: Sendable {
    /// By id.
    private let uploads: [String: SiteUpload]
    /// What the uploads are called that became batches, by those.
    private let batches: [String: String]
    private let accounts: [String: Account]
    private let tokens: [String: AccessToken]
    private let definitions: [Definition]
    private let texts: PageTexts

    /// - Throws: `LedgerError`.
    init(
        of reseller: String, _ memory: any SiteMemory, _ definitions: [Definition],
        _ texts: PageTexts
    ) throws {
        func byID<Thing>(_ things: [Thing], _ id: (Thing) -> String) -> [String: Thing] {
            Dictionary(things.map { (id($0), $0) }) { first, _ in first }
        }
        let uploads = try memory.uploads(of: reseller, portal: nil, countMax: .max)
        self.uploads = byID(uploads, \.id)
        batches = byID(uploads) { $0.attempt?.description ?? "" }.mapValues(\.workbookName)
        let accounts = try memory.accounts(of: reseller)
        self.accounts = byID(accounts) { "\($0.id)" }
        tokens = byID(try accounts.flatMap { try memory.tokens(of: $0.id) }) { "\($0.id)" }
        (self.definitions, self.texts) = (definitions, texts)
    }

    /// Whether an entry has a text, as it is kept or in words.
    func finds(_ text: String, in entry: AuditEntry) -> Bool {
        let words = words(for: entry)
        return [
            entry.stamp.actor, entry.action, entry.object, entry.outcome, entry.portal,
            portalTitle(of: entry), words.action, words.object, words.outcome,
        ].contains { $0.localizedCaseInsensitiveContains(text) }
    }

    func portalTitle(of entry: AuditEntry) -> String { definition(of: entry)?.title ?? "" }

    private func definition(of entry: AuditEntry) -> Definition? {
        definitions.first { $0.portal == entry.portal }
    }

    func words(for entry: AuditEntry) -> AuditWords {
        let object = object(of: entry)
        return AuditWords(
            action: texts("audit.\(isOfSettings(entry) ? "settings" : entry.action)"),
            object: object.text, href: object.href, outcome: outcome(of: entry))
    }

    /// Settings are loaded as lists are, and are none.
    private func isOfSettings(_ entry: AuditEntry) -> Bool {
        entry.action == "load" && entry.object == "settings"
    }

    // MARK: - What it was done to

    private func object(of entry: AuditEntry) -> (text: String, href: String?) {
        let id = entry.object
        switch entry.action {
        case "upload", "fix", "hidden", "cancel":
            guard let upload = uploads[id] else { return (texts("audit.gone_upload"), nil) }
            return (upload.workbookName, "/uploads/\(id)")
        case "accept", "done", "undo", "by_hand":
            let name = batches[id].map { " (\($0))" } ?? ""
            return (texts("page.batch", ["number": id]) + name, "/batches/\(id)")
        case "account", "link", "password", "disable", "enable":
            return (accounts[id].map { "\($0.name) (\($0.email))" } ?? id, nil)
        case "token", "revoke": return (tokens[id]?.name ?? id, nil)
        case "limits": return (id == "*" ? texts("audit.limits_all") : id, nil)
        case "load" where !isOfSettings(entry):
            let list = definition(of: entry)?.directories.first { $0.id == id }
            return (list?.title.text(in: texts.language) ?? id, nil)
        default: return ("", nil)
        }
    }

    // MARK: - What came of it

    /// Numbers that are told, by action, in this order.
    private static let told = [
        "accept": ["accepted", "rejected", "unchanged", "leftOut"],
        "done": ["done", "refused", "doneAgain", "openAgain"], "by_hand": ["done", "open"],
        "adopt": ["added", "changed", "same"], "load": ["count"], "forget": ["places"],
        "undo": ["steps"],
        "fix": ["cells"],
    ]

    private func outcome(of entry: AuditEntry) -> String {
        switch entry.action {
        case "hidden": return texts("audit.hidden_\(entry.outcome)")
        case "account":
            let number = Self.pairs(entry.outcome).first.flatMap { Int($0.value) }
            return number.flatMap(Account.Role.init).map { texts("people.role_\($0)") } ?? ""
        case "limits":
            return Self.pairs(entry.outcome).map { limit, change in
                let values = change.split(separator: "→").map {
                    $0 == "-" ? texts("audit.limits_blank") : String($0)
                }
                return "\(texts("limits.\(limit)")): \(values.joined(separator: " → "))"
            }.joined(separator: "; ")
        default:
            let counts = counts(in: entry)
            let words = (Self.told[entry.action] ?? []).compactMap { name in
                counts[name].flatMap { count in
                    count == 0
                        ? nil : texts("audit.\(entry.action)_\(name)", ["count": count])
                }
            }
            let isNoStep = entry.action == "done" && words.isEmpty
            return isNoStep ? texts("audit.done_none") : words.joined(separator: ", ")
        }
    }

    /// `done=1 refused=0`, or an object in JSON.
    private func counts(in entry: AuditEntry) -> [String: Int] {
        guard entry.action != "accept" else {
            do {
                return try JSONDecoder().decode(
                    [String: Int].self, from: Data(entry.outcome.utf8))
            } catch {
                // What can't be read is told as nothing.
                return [:]
            }
        }
        return Dictionary(
            Self.pairs(entry.outcome).compactMap { name, value in Int(value).map { (name, $0) } }
        ) { first, _ in first }
    }

    private static func pairs(_ outcome: String) -> [(name: String, value: String)] {
        outcome.split(separator: " ").compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return parts.count == 2 ? (parts[0], parts[1]) : nil
        }
    }
}
