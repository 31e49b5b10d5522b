/// Characters in a value that a person cannot see or type: they make two names that look alike differ.
struct HiddenCharacter: Equatable {
    enum Kind { case control, invisible }

    var kind: Kind
    var scalar: Unicode.Scalar
    /// Position in Unicode scalars, from 1.
    var position: Int

    /// The first one in a text, or nil.
    ///
    /// - Complexity: O(length).
    static func first(in text: UnsafeBufferPointer<UInt8>) -> HiddenCharacter? {
        guard text.contains(where: { $0 < 0x20 || $0 >= 0x7F }) else { return nil }
        for (index, scalar) in String(decoding: text, as: UTF8.self).unicodeScalars.enumerated() {
            if let kind = kind(of: scalar) {
                return HiddenCharacter(kind: kind, scalar: scalar, position: index + 1)
            }
        }
        return nil
    }

    /// C0, DEL and C1 are control characters; zero-width, direction, filler, variation and tag
    /// characters are invisible (hostile test 83; Unicode `Default_Ignorable_Code_Point`).
    private static func kind(of scalar: Unicode.Scalar) -> Kind? {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F: return .control
        case 0x20...0xAC: return nil
        default: return scalar.properties.isDefaultIgnorableCodePoint ? .invisible : nil
        }
    }

    /// `U+200B ZERO WIDTH SPACE`.
    var name: String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        let name = scalar.properties.name ?? scalar.properties.nameAlias
        return name.map { "\(code) \($0)" } ?? code
    }
}
