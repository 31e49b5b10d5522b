import Crypto
import Foundation

/// What nobody may guess: what stands in cookies and links.
enum Secret {
    /// 256 bits from the system's source of chance, as 64 hexadecimal digits.
    static func random() -> String {
        SymmetricKey(size: .bits256).withUnsafeBytes { hex($0) }
    }

    /// Whether a text looks like one.
    static func isOne(_ text: String) -> Bool { text.wholeMatch(of: #/[0-9a-f]{64}/#) != nil }

    /// What lets a program in: as much chance in 43 letters that stand in any header (RFC 4648, 5),
    /// with a head by which it is known for what it is.
    static func token() -> String {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
        return "rg_" + text.filter { $0 != "=" }
    }

    /// What is remembered of a secret in its place.
    static func digest(_ secret: String) -> [UInt8] { Array(SHA256.hash(data: Data(secret.utf8))) }

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0\(digits)" : digits
        }.joined()
    }

    static func bytes(_ hex: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        var digits = hex[...]
        while digits.count >= 2 {
            bytes.append(UInt8(digits.prefix(2), radix: 16) ?? 0)
            digits = digits.dropFirst(2)
        }
        return bytes
    }
}
