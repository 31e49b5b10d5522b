/// The normal form of a place's name, and of a code.
///
/// Names are compared by their letters: lower case, without accents, spaces and punctuation, and in
/// a name of several words without articles and `and`, `Saint` as `St`. Any other sign stays, so
/// that `N/A` is not Namibia and an invisible character is not overlooked.
enum PlaceKey {
    /// Longest text, in bytes, that is looked at: the longest known name has less than half of it.
    static let textSizeMax = 160

    /// Letters for a code, between spaces, as capitals; nil for any other text.
    static func code(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
        let letters = text.split(maxSplits: 2) { $0 == UInt8(ascii: " ") }
        guard letters.count == 1, let code = letters.first, code.count <= 3,
            code.allSatisfy({ ($0 | 0x20) &- UInt8(ascii: "a") < 26 })
        else { return nil }
        return code.map { $0 & ~0x20 }
    }

    /// The key of a name.
    static func bytes(of name: String) -> [UInt8] { key(of: name, umlauts: accents) }

    /// The key of a name, and the one it has when its umlauts are written with two letters.
    static func all(of name: String) -> [[UInt8]] {
        [bytes(of: name), key(of: name, umlauts: digraphs)]
    }

    private static func key(of name: String, umlauts: [Unicode.Scalar: String]) -> [UInt8] {
        var words: [String] = [""]
        for scalar in name.unicodeScalars {
            if separators.contains(scalar) {
                words.append("")
            } else if !(0x300...0x36F).contains(scalar.value) {
                words[words.count - 1] +=
                    umlauts[scalar] ?? accents[scalar] ?? scalar.properties.lowercaseMapping
            }
        }
        words.removeAll { $0.isEmpty }
        if words.count > 1 {
            words = words.filter { !fillers.contains($0) }.map { saints[$0] ?? $0 }
        }
        return words.flatMap(\.utf8)
    }

    private static let separators = Set(
        " \u{A0}\t\r\n-\u{2010}\u{2011}\u{2013},.'\u{2019}()&".unicodeScalars)
    private static let fillers: Set = ["the", "and", "der", "die", "und"]
    private static let saints = ["saint": "st", "sankt": "st"]

    private static let accents = letters([
        "a": "áàâãäåāăąÁÀÂÃÄÅĀĂĄ", "c": "çćčÇĆČ", "d": "ďđĎĐ", "e": "éèêëēęěÉÈÊËĒĘĚ",
        "g": "ğĞ", "i": "íìîïīİÍÌÎÏĪ", "l": "łŁ", "n": "ñńňÑŃŇ", "o": "óòôõöøōőÓÒÔÕÖØŌŐ",
        "r": "řŘ", "s": "śšşșŚŠŞȘ", "t": "ťţțŤŢȚ", "u": "úùûüūůűÚÙÛÜŪŮŰ", "y": "ýÿÝŸ",
        "z": "źżžŹŻŽ", "ss": "ßẞ", "ae": "æÆ", "oe": "œŒ",
    ])
    private static let digraphs = letters(["ae": "äÄ", "oe": "öÖ", "ue": "üÜ", "aa": "åÅ"])

    private static func letters(_ table: [String: String]) -> [Unicode.Scalar: String] {
        let pairs = table.flatMap { plain, marked in marked.unicodeScalars.map { ($0, plain) } }
        return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }
}
