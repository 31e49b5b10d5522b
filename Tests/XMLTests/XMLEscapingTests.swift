import Testing
import XML

@Suite struct XMLEscapingTests {
    private func escaped(_ bytes: [UInt8], as rules: XMLEscaping.Rules) -> String {
        var output: [UInt8] = []
        bytes.withUnsafeBufferPointer { XMLEscaping.append($0, as: rules, to: &output) }
        return String(decoding: output, as: UTF8.self)
    }

    private func escaped(_ text: String, as rules: XMLEscaping.Rules) -> String {
        escaped(Array(text.utf8), as: rules)
    }

    @Test(arguments: [
        ("", ""), ("plain text", "plain text"), ("a&b<c>d", "a&amp;b&lt;c&gt;d"),
        ("]]>", "]]&gt;"), ("say \"hi\"", "say \"hi\""), ("tab\tline\nend", "tab\tline\nend"),
        ("a\rb", "a_x000D_b"), ("\u{0}\u{1}\u{1F}", "_x0000__x0001__x001F_"),
        ("_x0041_", "_x005F_x0041_"), ("_xabcd_", "_x005F_xabcd_"),
        ("_xD800_ _xFFFE_", "_x005F_xD800_ _x005F_xFFFE_"),
        ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"), ("_x005F_", "_x005F_x005F_"),
        ("_x00G1_", "_x00G1_"), ("_X0041_", "_X0041_"), ("_x0041", "_x0041"),
        ("__x0041_", "__x005F_x0041_"), ("_x0041\n", "_x0041\n"),
        ("_x0041\u{0}", "_x005F_x0041_x0000_"), ("_x0041\r", "_x005F_x0041_x000D_"),
        ("_x0041\u{FFFE}", "_x005F_x0041_xFFFE_"), ("_x0041\u{FFFD}", "_x0041\u{FFFD}"),
        ("a_b", "a_b"), ("_", "_"), ("Zürich 日本 😀", "Zürich 日本 😀"),
        ("\u{7F}\u{85}", "\u{7F}\u{85}"),
        ("\u{FFFE}\u{FFFF}\u{FFFD}", "_xFFFE__xFFFF_\u{FFFD}"),
    ])
    func `cell text keeps everything`(text: String, expected: String) {
        #expect(escaped(text, as: .cellText) == expected)
    }

    @Test(arguments: [
        ("a\tb\nc\rd", "a&#9;b&#10;c&#13;d"), ("\"", "&quot;"), ("_x0041_", "_x0041_"),
        ("\u{2}", "_x0002_"),
    ])
    func `markup keeps white space by number`(text: String, expected: String) {
        #expect(escaped(text, as: .markup) == expected)
    }

    @Test func `workbook text escapes what readers would decode`() {
        #expect(escaped("\"_x0041_\n", as: .workbookText) == "&quot;_x005F_x0041_&#10;")
    }

    @Test(
        arguments: [
            [0x80], [0xC0, 0x80], [0xC2], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xEF, 0xBF],
            [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80], [0xFF],
            [0xE2, 0x28, 0xA1],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 become replacement characters`(bytes: [UInt8]) {
        let output = escaped([0x61] + bytes + [0x7A], as: .cellText)
        #expect(output.hasPrefix("a\u{FFFD}"))
        #expect(output.hasSuffix("z"))
    }

    @Test func `scalars beyond ASCII survive`() {
        for value in stride(from: UInt32(0x80), through: 0x10FFFF, by: 53) {
            guard let scalar = Unicode.Scalar(value) else { continue }
            var output: [UInt8] = []
            var text = String(scalar)
            text.withUTF8 { XMLEscaping.append($0, as: .cellText, to: &output) }
            guard output.elementsEqual(text.utf8) else {
                Issue.record("U+\(String(value, radix: 16)) was changed")
                return
            }
        }
    }
}
