/// Scripts that share the looks of many letters, so that two of them in one label deceive.
///
/// Honest labels mix none of them (ICANN, Guidelines for the Implementation of Internationalized
/// Domain Names 4.0); Japanese ones mix others, and Latin with them.
enum LookalikeScript {
    case latin, greek, cyrillic

    /// The script of a small letter; nil for what is of none of these.
    init?(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x61...0x7A, 0xDF...0xF6, 0xF8...0x24F, 0x250...0x2AF, 0x1E00...0x1EFF: self = .latin
        case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
        case 0x400...0x52F, 0x1C80...0x1C8F, 0xA640...0xA69F: self = .cyrillic
        default: return nil
        }
    }

    /// The small letter of ASCII that a Greek or Cyrillic one looks like; nil when it has looks of
    /// its own.
    ///
    /// Those of the confusables of UTS #39 that stand alone for one letter.
    static func twin(of scalar: Unicode.Scalar) -> Unicode.Scalar? { twins[scalar] }

    private static let twins: [Unicode.Scalar: Unicode.Scalar] = {
        let greek = (
            "\u{3B1}\u{3B3}\u{3B9}\u{3BD}\u{3BF}\u{3C1}\u{3C3}\u{3C5}\u{3F2}\u{3F3}", "ayivopoucj"
        )
        let cyrillic = (
            "\u{430}\u{433}\u{435}\u{43E}\u{440}\u{441}\u{443}\u{445}\u{455}\u{456}\u{458}\u{461}"
                + "\u{475}\u{4AF}\u{4BB}\u{4BD}\u{4CF}\u{501}\u{51B}\u{51D}\u{A647}",
            "areopcyxsijwvyheidqwi"
        )
        return [greek, cyrillic].reduce(into: [:]) { twins, letters in
            for (letter, twin) in zip(letters.0.unicodeScalars, letters.1.unicodeScalars) {
                twins[letter] = twin
            }
        }
    }()
}
