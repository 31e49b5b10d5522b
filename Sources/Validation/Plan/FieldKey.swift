import Portals

/// The normal form of a value by its field's type.
enum FieldKey {
    /// The key of a trimmed text.
    static func bytes(
        _ text: UnsafeBufferPointer<UInt8>, type: FieldType, mode: KeyGroups.Mode = .exact
    ) -> [UInt8] {
        guard type == .email, let key = EmailAddress.key(of: text) else {
            return NameKey.bytes(of: text)
        }
        return mode == .mailbox ? EmailAddress.mailbox(of: key) : key
    }

    static func bytes(_ text: String, type: FieldType) -> [UInt8] {
        var text = text
        return text.withUTF8 { bytes(Trimming.trimmed($0), type: type) }
    }
}
