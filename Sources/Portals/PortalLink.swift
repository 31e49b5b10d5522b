/// Where a portal shows something: `https://{webAddress}.spaces.example/`, with the ids of fields
/// where their values stand; or `{portalAddress}/companies/{id}`, beginning with a setting that
/// holds the address at which a reseller's own portal runs.
package struct PortalLink: Sendable, Equatable {
    private enum Part: Equatable {
        case text(String)
        case field(String)
    }

    /// The setting that it begins with; nil: it is the same for all resellers.
    let setting: String?
    private let parts: [Part]

    /// Ids of the fields it needs.
    var fields: [String] {
        parts.compactMap { part in
            guard case .field(let id) = part else { return nil }
            return id
        }
    }

    init(_ node: DefinitionNode) throws(DefinitionError) {
        let text = try node.text()
        guard text.hasPrefix("https://") || text.hasPrefix("{"), var parts = Self.parts(of: text)
        else {
            throw node.error(
                .badValue,
                allowed: "an address that begins with https:// or a {setting}, with {field}s in it")
        }
        var setting: String?
        if text.hasPrefix("{"), case .field(let id) = parts[1] {
            setting = id
            parts.removeFirst(2)
        }
        self.setting = setting
        self.parts = parts
    }

    /// - Returns: nil where a brace is left open, or opened twice.
    private static func parts(of text: String) -> [Part]? {
        var parts: [Part] = []
        for (number, piece) in text.split(separator: "{", omittingEmptySubsequences: false)
            .enumerated()
        {
            let halves = piece.split(separator: "}", omittingEmptySubsequences: false)
            guard halves.count == (number == 0 ? 1 : 2) else { return nil }
            if number > 0 { parts.append(.field(String(halves[0]))) }
            parts.append(.text(String(halves[halves.count - 1])))
        }
        return parts
    }

    /// The address of one record; nil while a value that it needs is not known.
    ///
    /// Everything but letters, digits and `-._~` of a field is percent-encoded (RFC 3986 §2.3): no
    /// value leads somewhere else. What a setting says stands there as it is, if it is an address.
    ///
    /// - Parameter value: the value of a field by its id.
    package func address(
        with settings: Settings, of value: (String) -> String? = { _ in nil }
    ) -> String? {
        var address = ""
        if let setting {
            guard let start = settings[setting]?.text, PortalAddress.isOne(start) else {
                return nil
            }
            address = start
            // Both may have a slash where they meet.
            if case .text(let next) = parts.first, next.hasPrefix("/"), address.hasSuffix("/") {
                address.removeLast()
            }
        }
        for part in parts {
            switch part {
            case .text(let text): address += text
            case .field(let id):
                guard let value = value(id), !value.isEmpty else { return nil }
                address += PercentEncoding.encoded(value)
            }
        }
        return address
    }
}
