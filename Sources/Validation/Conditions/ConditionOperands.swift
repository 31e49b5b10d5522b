import Portals

/// What the tests of a condition compare with.
final class ConditionOperands: Sendable {
    /// Of settings and directories.
    let names: [String]
    let knownValues: [KnownValue]
    let words: [ConditionWords]

    init(names: [String], knownValues: [KnownValue], words: [ConditionWords]) {
        self.names = names
        self.knownValues = knownValues
        self.words = words
    }

    /// Whether a test of the kinds `blank`, `filled` and `oneOf` holds for some texts together.
    func holds(_ test: ConditionTest, for texts: [String]) -> Bool {
        let filled = texts.filter { !$0.isEmpty }
        switch test.kind {
        case .blank: return filled.isEmpty
        case .filled: return !filled.isEmpty
        case .oneOf:
            return filled.contains { text in
                var text = text
                return text.withUTF8 { words[test.operand].contains($0) }
            }
        default: return false
        }
    }
}

/// A few words, compared as names are. Of some types a text is made normal by its type first.
final class ConditionWords: Sendable {
    private let keys: [[UInt8]]
    private let type: FieldType

    /// - Parameter field: whose words mean the same in every language; nil for a setting.
    init(_ values: [String], _ field: Field?) {
        keys = values.flatMap { field?.spellings(of: $0) ?? [$0] }.map { NameKey.bytes(of: $0) }
        type = field?.type ?? .text
    }

    func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if text.isEmpty { return false }
        if type.hasNormalText {
            return TypedText.normal(text, type).map { keys.contains(NameKey.bytes(of: $0)) }
                ?? false
        }
        return NameKey.with(text) { key in
            keys.contains { $0.withUnsafeBufferPointer { $0.isSame(as: key) } }
        }
    }
}

extension Field {
    /// Every word that stands for a value of this field.
    fileprivate func spellings(of value: String) -> [String] {
        guard case .list(let choices) = choices else { return [value] }
        let key = NameKey.bytes(of: value)
        let meant = choices.filter { NameKey.bytes(of: $0.value) == key }
        return [value] + meant.flatMap(\.title.all)
    }
}
