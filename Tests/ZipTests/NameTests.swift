import Testing

@testable import Zip

@Suite struct NameTests {
    private func outcome(_ names: [[UInt8]], attributes: UInt32 = 0) -> ZipError.Code? {
        var zip = RawZip()
        for name in names { zip.add(name, [], data: nil) }
        zip.entries[0].directory.attributes = attributes
        let bytes = zip.bytes
        return code { () throws(ZipError) in try ZipArchive(reading: MemorySource(bytes)) }
    }

    @Test(arguments: [
        "", "../../etc/cron.d/x", "..", "a/..", "a/../b", #"a\..\b"#, "a/%2e%2E/b", "/abs",
        #"\abs"#,
        #"C:\x"#, "c:x", "a\0b", "a\nb", "\u{7F}", String(repeating: "n", count: 256),
        String(repeating: "n", count: 65_535),
    ])
    func `a name that could lead astray is refused`(name: String) {
        #expect(outcome([Array(name.utf8)]) == .badName)
    }

    @Test(arguments: [
        "a", "[Content_Types].xml", "_rels/.rels", #"xl\workbook.xml"#, "...", "a..b/c..",
        "ä/é.xml",
        "100%", "%zz", "ab:c", "a//b", "./a", String(repeating: "n", count: 255),
    ])
    func `a harmless name is taken`(name: String) {
        #expect(outcome([Array(name.utf8)]) == nil)
    }

    @Test func `a name that is not UTF-8 is refused`() {
        #expect(outcome([[0x61, 0x82]]) == .badName)
    }

    @Test(arguments: [
        (UInt32(0o120_777) << 16, true), (0o020_644 << 16, true), (0o140_755 << 16, true),
        (0o100_644 << 16, false), (0o040_755 << 16, false), (0x10, false), (0, false),
    ])
    func `links and devices are refused`(attributes: UInt32, isRefused: Bool) {
        #expect(outcome([Array("a".utf8)], attributes: attributes) == (isRefused ? .badName : nil))
    }

    @Test(arguments: [
        "xl/worksheets/sheet1.xml", "XL/Worksheets/SHEET1.xml", #"xl\worksheets\sheet1.xml"#,
        "./xl/worksheets/sheet1.xml", "xl/./worksheets/sheet1.xml", "xl//worksheets/sheet1.xml",
        "xl%2Fworksheets/sheet1.xml", "xl/worksheets/sheet%31.xml",
    ])
    func `two entries of one name are refused`(second: String) {
        let first = Array("xl/worksheets/sheet1.xml".utf8)
        #expect(outcome([first, Array(second.utf8)]) == .duplicateEntry)
    }

    @Test func `composed and decomposed letters are one name`() {
        #expect(outcome([Array("\u{E9}".utf8), Array("e\u{301}".utf8)]) == .duplicateEntry)
        #expect(outcome([Array("\u{212A}".utf8), Array("k".utf8)]) == .duplicateEntry)
    }

    @Test(arguments: [
        "xl/workbook.xml", "/xl/workbook.xml", "XL/Workbook.XML", #"xl\workbook.xml"#,
        #"\xl\workbook.xml"#,
    ])
    func `an entry is found as Office packages name it`(name: String) throws {
        var zip = RawZip()
        zip.add(#"xl\Workbook.xml"#, [1, 2, 3])
        let archive = try ZipArchive(reading: MemorySource(zip.bytes))
        #expect(archive.entry(named: name)?.name == #"xl\Workbook.xml"#)
        #expect(archive.entry(named: name + "x") == nil)
    }
}
