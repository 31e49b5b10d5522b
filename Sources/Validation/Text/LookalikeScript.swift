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
}
