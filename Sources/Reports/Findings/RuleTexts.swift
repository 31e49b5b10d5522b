import Catalogue
import Portals
import Validation

/// The sentences and remedies that rules of a Definition bring along, read once.
struct RuleTexts: Sendable {
    private let language: String
    private var texts: [String: MessageText] = [:]

    /// - Throws: for a text whose braces or brackets do not fit, with the rule's path.
    init(_ definition: Definition, language: String) throws(MessagesError) {
        self.language = language
        for (index, hold) in definition.holds.enumerated() {
            for text in [hold.message, hold.remedy] {
                try read(text, path: "\(definition.file), holds[\(index)]")
            }
        }
        for (index, operation) in definition.operations.enumerated() {
            for text in [operation.interval?.message, operation.interval?.remedy] {
                try read(text, path: "\(definition.file), operations[\(index)].interval")
            }
        }
        for sheet in definition.sheets {
            for rule in sheet.rules + sheet.fields.flatMap(\.rules) {
                for text in [rule.message, rule.remedy] {
                    try read(text, path: "\(definition.file), \(rule.path)")
                }
            }
        }
    }

    private mutating func read(_ text: LocalizedText?, path: String) throws(MessagesError) {
        guard let source = text?.text(in: language) else { return }
        do {
            texts[source] = try MessageText(source)
        } catch {
            throw MessagesError(path: path, found: error.found, allowed: error.allowed)
        }
    }

    /// The rule's own text with its arguments in place; nil when it has none.
    func filled(_ text: LocalizedText?, _ arguments: [String: String]) -> String? {
        guard let source = text?.text(in: language) else { return nil }
        return texts[source]?.filled(arguments) ?? source
    }

    /// What the rule's own text names; nil when it has none.
    func arguments(of text: LocalizedText?) -> Set<String>? {
        guard let source = text?.text(in: language) else { return nil }
        return texts[source].map { $0.arguments.needed.union($0.arguments.optional) } ?? []
    }
}
