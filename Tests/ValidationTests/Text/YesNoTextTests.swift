import Testing

@testable import Validation

struct YesNoTextTests {
    @Test(arguments: [
        "yes", "Yes", "YES", "y", "true", "TRUE", "1", "x", "X", "ja", "Ja", "j", "wahr", "WAHR",
        " yes\u{A0}",
    ])
    func `these words say yes`(text: String) { #expect(YesNoText.value(of: text) == true) }

    @Test(arguments: ["no", "No", "n", "false", "FALSE", "0", "nein", "NEIN", "falsch", "\tno\r\n"])
    func `these words say no`(text: String) { #expect(YesNoText.value(of: text) == false) }

    @Test(arguments: [
        "", " ", "maybe", "2", "01", "1.0", "-", "yes!", "yes no", "yep", "on", "off", "✓", "１",
        "ｙｅｓ", "y\u{200B}es", "true()", "TRUE\u{0}", "nе", String(repeating: "yes", count: 9_999),
    ])
    func `everything else is neither`(text: String) { #expect(YesNoText.value(of: text) == nil) }

    @Test func `broken UTF-8 is neither`() {
        for bytes: [UInt8] in [[], [0xFF], [0x79, 0xC3], [0xC2]] {
            #expect(bytes.withUnsafeBufferPointer { YesNoText.value(of: $0) } == nil)
        }
    }
}
