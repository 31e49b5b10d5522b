/// What is an address that a link may lead to: `https://portal.example.com/start`.
enum PortalAddress {
    private static let scheme = "https://"
    private static let sizeMax = 500
    private static let (nameSizeMax, labelSizeMax) = (253, 63)

    /// Whether it is one: over TLS, with a host of two labels at least (RFC 1123 §2.1), and with no
    /// name, password or sign that means something else to a page.
    static func isOne(_ text: String) -> Bool {
        guard text.hasPrefix(scheme), text.utf8.count <= sizeMax else { return false }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let authority = rest.prefix { !"/?#".utf8.contains($0) }
        return isAuthority(authority) && rest.dropFirst(authority.count).allSatisfy(isPlain)
    }

    private static func isAuthority(_ bytes: Substring.UTF8View) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first, host.count <= nameSizeMax else {
            return false
        }
        if parts.count == 2 {
            let isNumber = parts[1].allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 }
            guard isNumber, let port = Int(Substring(parts[1])), 1...65_535 ~= port else {
                return false
            }
        }
        let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return labels.count > 1 && labels.allSatisfy(isLabel)
    }

    private static func isLabel(_ bytes: Substring.UTF8View) -> Bool {
        let hyphen = UInt8(ascii: "-")
        return (1...labelSizeMax).contains(bytes.count) && bytes.first != hyphen
            && bytes.last != hyphen && bytes.allSatisfy { isLetterOrDigit($0) || $0 == hyphen }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        isLetterOrDigit(byte) || "-._~/?#=&%+:,".utf8.contains(byte)
    }
}
