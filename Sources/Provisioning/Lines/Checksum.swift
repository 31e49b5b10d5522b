import Crypto

/// SHA-256 (FIPS 180-4) over bytes as they come, told in 64 lower-case hexadecimal digits.
struct Checksum {
    private static let digits = Array("0123456789abcdef".utf8)

    private var hasher = SHA256()

    mutating func add(_ bytes: ArraySlice<UInt8>) {
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }

    mutating func add(_ text: String) { add(Array(text.utf8)[...]) }

    /// The digits for what came so far.
    var hexadecimal: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(2 * SHA256.byteCount)
        for byte in hasher.finalize() {
            text.append(Self.digits[Int(byte >> 4)])
            text.append(Self.digits[Int(byte & 0x0F)])
        }
        return text
    }
}
