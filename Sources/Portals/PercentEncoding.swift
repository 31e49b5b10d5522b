/// Percent-encoding (RFC 3986 §2.1) of one part of an id or an address: letters, digits and `-._~`
/// stay, every other byte becomes `%` and two upper-case digits, so that parts joined by `/` can be
/// told apart.
package enum PercentEncoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    package static func append(_ part: UnsafeBufferPointer<UInt8>, to id: inout [UInt8]) {
        for byte in part {
            if isUnreserved(byte) {
                id.append(byte)
            } else {
                id.append(UInt8(ascii: "%"))
                id.append(digits[Int(byte >> 4)])
                id.append(digits[Int(byte & 0x0F)])
            }
        }
    }

    package static func encoded(_ part: String) -> String {
        var (part, bytes) = (part, [UInt8]())
        part.withUTF8 { append($0, to: &bytes) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// What an encoded part stands for; a percent sign that begins no escape is itself.
    package static func decoded(_ part: Substring) -> String {
        var (bytes, rest) = ([UInt8](), Array(part.utf8)[...])
        while let byte = rest.popFirst() {
            let hex = rest.prefix(2)
            if byte == UInt8(ascii: "%"), hex.count == 2,
                let value = UInt8(String(decoding: hex, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
