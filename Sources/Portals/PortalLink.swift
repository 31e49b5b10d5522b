/// Where a portal shows a record: `https://{webAddress}.spaces.example/`, with the ids of fields
/// where their values stand.
package struct PortalLink: Sendable, Equatable {
    private enum Part: Equatable {
        case text(String)
        case field(String)
    }

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
        guard text.hasPrefix("https://"), let parts = Self.parts(of: text) else {
            throw node.error(
                .badValue, allowed: "an address that begins with https://, with {field}s in it")
        }
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
    /// Everything but letters, digits and `-._~` is percent-encoded (RFC 3986 §2.3): no value leads
    /// somewhere else.
    ///
    /// - Parameter value: the value of a field by its id.
    package func address(of value: (String) -> String?) -> String? {
        var address = ""
        for part in parts {
            switch part {
            case .text(let text): address += text
            case .field(let id):
                guard let value = value(id), !value.isEmpty else { return nil }
                address += Self.encoded(value)
            }
        }
        return address
    }

    private static func encoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
