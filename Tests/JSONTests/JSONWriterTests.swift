import Testing

@testable import JSON

@Suite struct JSONWriterTests {
    private func text(_ write: (inout JSONWriter) -> Void) -> String {
        var json = JSONWriter()
        write(&json)
        return String(decoding: json.bytes, as: UTF8.self)
    }

    @Test func `members and elements are parted by commas and nothing else`() {
        let written = text { json in
            json.beginObject()
            json.member("code", "a/b")
            json.member("row", 14)
            json.member("cell", nil)
            json.member("ok", true)
            json.member("ratio", 1.5)
            json.key("related")
            json.beginArray()
            json.string("B7")
            json.beginObject()
            json.endObject()
            json.beginArray()
            json.endArray()
            json.null()
            json.boolean(false)
            json.raw(Array(#"{"x":1}"#.utf8))
            json.endArray()
            json.member("last", -1)
            json.endObject()
        }
        #expect(
            written
                == #"{"code":"a/b","row":14,"cell":null,"ok":true,"ratio":1.5,"#
                + #""related":["B7",{},[],null,false,{"x":1}],"last":-1}"#)
    }

    @Test(arguments: [
        ("", #""""#),
        ("plain / text", #""plain / text""#),
        ("\"\\", #""\"\\""#),
        ("a\nb\tc", #""a\nb\tc""#),
        ("\u{0}\u{8}\r\u{1F}\u{7F}", "\"\\u0000\\u0008\\u000d\\u001f\u{7F}\""),
        ("ä€😀\u{2028}", "\"ä€😀\u{2028}\""),
        ("\u{1}", #""\u0001""#),
    ])
    func `a text is escaped where it must be`(value: String, expected: String) {
        #expect(text { $0.string(value) } == expected)
        #expect(
            text { json in Array(value.utf8).withUnsafeBufferPointer { json.string(utf8: $0) } }
                == expected)
        #expect(text { $0.key(value) } == expected + ":")
    }

    @Test(
        arguments: [
            ([0x61, 0xFF, 0x62], "a\u{FFFD}b"),
            ([0xC3], "\u{FFFD}"),
            ([0xED, 0xA0, 0x80, 0x22], "\u{FFFD}\u{FFFD}\u{FFFD}\\\""),
            ([0xC3, 0xA4], "ä"),
        ] as [([UInt8], String)])
    func `bytes that are not UTF-8 are repaired`(bytes: [UInt8], expected: String) {
        let written = text { json in bytes.withUnsafeBufferPointer { json.string(utf8: $0) } }
        #expect(written == "\"\(expected)\"")
    }

    @Test(
        arguments: [
            (0, "0"), (1, "1"), (-1, "-1"), (43861, "43861"), (0.1, "0.1"), (1.5, "1.5"),
            (0.1 + 0.2, "0.30000000000000004"), (9_007_199_254_740_991, "9007199254740991"),
            (1e15, "1000000000000000"), (1e300, "1e+300"), (.leastNonzeroMagnitude, "5e-324"),
            (-0.0, "-0"),
            (.infinity, "null"), (.nan, "null"),
        ] as [(Double, String)])
    func `a number is the shortest text that reads back`(value: Double, expected: String) {
        #expect(text { $0.number(value) } == expected)
        if value.isFinite { #expect(Double(expected) == value) }
    }

    @Test(arguments: [
        (Int.min, "-9223372036854775808"), (0, "0"), (Int.max, "9223372036854775807"),
    ])
    func `a whole number is written in full`(value: Int, expected: String) {
        #expect(text { $0.integer(value) } == expected)
    }

    @Test func `lines stand for themselves and a writer can be used again`() {
        var json = JSONWriter()
        json.integer(1)
        json.endLine()
        json.integer(2)
        json.endLine()
        #expect(String(decoding: json.bytes, as: UTF8.self) == "1\n2\n")
        json.integer(3)
        json.removeAll(keepingCapacity: true)
        json.integer(4)
        json.removeBytes()
        json.integer(5)
        #expect(json.bytes == Array(",5".utf8))
    }
}
