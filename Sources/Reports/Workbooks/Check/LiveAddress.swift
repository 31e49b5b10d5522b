/// What no e-mail address holds, as far as a formula can tell.
enum LiveAddress {
    /// Texts that must not occur.
    static let forbidden = [
        " ", "\u{A0}", ";", ",", "<", ">", "(", ")", ":", "[", "]", "\\", "\"", "..", "@.", ".@",
    ]

    private static let forbiddenBytes = forbidden.map { Array($0.utf8) }

    /// What the formula says of a text that is not blank.
    static func isAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let (at, dot) = (UInt8(ascii: "@"), UInt8(ascii: "."))
        guard !forbiddenBytes.contains(where: { occurs($0, in: bytes) }),
            bytes.count(where: { $0 == at }) == 1, let position = bytes.firstIndex(of: at),
            position > 0, bytes.first != dot, bytes.last != dot
        else { return false }
        return bytes[position...].dropFirst(2).contains(dot)
    }

    /// - Parameter part: one byte at least.
    private static func occurs(_ part: [UInt8], in bytes: [UInt8]) -> Bool {
        bytes.indices.contains { bytes[$0] == part[0] && bytes[$0...].starts(with: part) }
    }
}
