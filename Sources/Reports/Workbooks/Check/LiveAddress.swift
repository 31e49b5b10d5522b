/// What no e-mail address holds, as far as a formula can tell.
enum LiveAddress {
    /// Texts that must not occur.
    static let forbidden = [
        " ", "\u{A0}", ";", ",", "<", ">", "(", ")", ":", "[", "]", "\\", "\"", "..", "@.", ".@",
    ]

    /// What the formula says of a text that is not blank.
    static func isAddress(_ text: String) -> Bool {
        guard !forbidden.contains(where: { text.contains($0) }),
            text.count(where: { $0 == "@" }) == 1, let at = text.firstIndex(of: "@"),
            at > text.startIndex, text.first != ".", text.last != "."
        else { return false }
        return text[at...].dropFirst(2).contains(".")
    }
}
