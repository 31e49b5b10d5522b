import Portals

/// The normal form of a value by its field's type.
enum FieldKey {
    /// Appends the key of a trimmed text.
    static func append(
        _ text: UnsafeBufferPointer<UInt8>, type: FieldType, mode: KeyGroups.Mode = .exact,
        to key: inout [UInt8]
    ) {
        let start = key.count
        guard type == .email, EmailAddress.appendKey(of: text, to: &key) else {
            return NameKey.append(text, to: &key)
        }
        if mode == .mailbox { EmailAddress.makeMailbox(ofKeyFrom: start, in: &key) }
    }

    static func bytes(_ text: String, type: FieldType) -> [UInt8] {
        var text = text
        var key: [UInt8] = []
        text.withUTF8 { append(Trimming.trimmed($0), type: type, to: &key) }
        return key
    }
}
