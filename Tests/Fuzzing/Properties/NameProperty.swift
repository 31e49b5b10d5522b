import Foundation

@testable import Validation

/// Any bytes as a name: a key is valid UTF-8 and its own key, made in all ways alike, and neither
/// white space around nor the order of accents makes another one.
enum NameProperty {
    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        let trimmed = Trimming.trimmed(bytes)
        expect(Trimming.trimmed(trimmed).count == trimmed.count, "trimmed is trimmed")
        let key = NameKey.bytes(of: bytes)
        expect(NameKey.with(bytes) { Array($0) } == key, "both ways to a key are the same")
        let text = String(validating: key, as: UTF8.self)
        expect(text != nil, "a key is text")
        expect(NameKey.bytes(of: text ?? "") == key, "a key is its own key")
        if let name = String(validating: bytes, as: UTF8.self) {
            expect(NameKey.bytes(of: "\t\u{A0}\(name) \r\n") == key, "white space is no part")
            let decomposed = name.decomposedStringWithCanonicalMapping
            expect(NameKey.bytes(of: decomposed) == key, "NFD and NFC are one name")
        }
        _ = HiddenCharacter.first(in: bytes)?.name
        _ = LostDigits.code(of: bytes)
        _ = LostDigits.digitCount(shownBy: "000000", of: bytes)
    }
}
