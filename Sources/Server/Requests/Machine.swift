import Glibc
import NIOCore

/// Where a connection comes from, as far as limits tell senders apart: an address, or of those of
/// IPv6 the network of 64 bits, all of which one sender has.
struct Machine: Sendable, Hashable {
    let name: String
    /// Whether it is the machine that the server is on. Behind a proxy on it, everybody is.
    let isOwn: Bool

    init(_ address: SocketAddress?) {
        guard case .v6(let address) = address else {
            name = address?.ipAddress ?? ""
            isOwn = name.isEmpty || name.hasPrefix("127.")
            return
        }
        let bytes = withUnsafeBytes(of: address.address.sin6_addr) { Array($0) }
        // One of IPv4 in the form of IPv6 (RFC 4291, 2.5.5.2).
        if bytes.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF] {
            name = bytes.suffix(4).map { "\($0)" }.joined(separator: ".")
            isOwn = bytes[12] == 127
        } else {
            name = Secret.hex(Array(bytes.prefix(8)))
            isOwn = bytes == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
        }
    }
}
