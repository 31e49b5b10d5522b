/// Characters in a value that a person cannot see or type: two names that look alike differ by
/// them.
struct HiddenCharacter: Equatable {
    enum Kind { case control, invisible }

    var kind: Kind
    var scalar: Unicode.Scalar
    /// Position in Unicode scalars, from 1.
    var position: Int

    /// The first one in a text, or nil.
    ///
    /// - Parameter takesLines: whether line breaks are none.
    /// - Complexity: O(length).
    static func first(
        in text: UnsafeBufferPointer<UInt8>, takesLines: Bool = false
    ) -> HiddenCharacter? {
        guard text.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return nil }
        for (index, scalar) in String(decoding: text, as: UTF8.self).unicodeScalars.enumerated() {
            if takesLines && (scalar == "\n" || scalar == "\r") { continue }
            if let kind = kind(of: scalar) {
                return HiddenCharacter(kind: kind, scalar: scalar, position: index + 1)
            }
        }
        return nil
    }

    /// C0, DEL, C1 and Unicode's line ends are control characters; zero-width, direction, filler,
    /// variation and tag characters are invisible (Unicode `Default_Ignorable_Code_Point`).
    private static func kind(of scalar: Unicode.Scalar) -> Kind? {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029: return .control
        case 0x20...0xAC: return nil
        default: return scalar.properties.isDefaultIgnorableCodePoint ? .invisible : nil
        }
    }

    /// `U+200B ZERO WIDTH SPACE`.
    var name: String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let name = scalar.properties.name ?? Self.controlNames[scalar]
        return name.map { "\(code) \($0)" } ?? code
    }

    /// Unicode has no names for control characters; these are the ones that get into cells.
    private static let controlNames: [Unicode.Scalar: String] = [
        "\t": "TABULATION", "\n": "LINE FEED", "\r": "CARRIAGE RETURN",
    ]
}
