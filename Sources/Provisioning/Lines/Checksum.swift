import Crypto

/// SHA-256 (FIPS 180-4) over bytes as they come, told in 64 lower-case hexadecimal digits.
struct Checksum {
    private static let digits = Array("0123456789abcdef".utf8)

    private var hasher = SHA256()

    mutating func add(_ bytes: UnsafeRawBufferPointer) { hasher.update(bufferPointer: bytes) }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add(UnsafeRawBufferPointer($0)) }
    }

    /// Appends the digits for what came so far.
    func append(to bytes: inout [UInt8]) {
        Self.digits.withUnsafeBufferPointer { digits in
            for byte in hasher.finalize() {
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 0x0F)])
            }
        }
    }

    /// The digits for what came so far.
    var hexadecimal: String {
        var bytes: [UInt8] = []
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
