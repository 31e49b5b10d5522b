import Spreadsheet
import Testing
import XML
import Zip

@testable import XLSX

@Suite struct WritingBooksTests {
    @Test(arguments: [
        "", "a/b", "a\\b", "a?", "a*", "[a", "a]", "a:b", "'a", "a'", "a\u{1}",
        String(repeating: "x", count: 32), String(repeating: "😀", count: 16),
    ])
    func `names that Excel refuses are refused`(text: String) {
        #expect { try SheetName(text) } throws: {
            ($0 as? WorkbookWriterError)?.code == .sheetName
        }
    }

    @Test(arguments: [
        "a", "It's", "It'\u{301}s", "Größe & <Maß>", String(repeating: "x", count: 31),
    ])
    func `names that Excel takes are taken`(text: String) throws {
        #expect(try SheetName(text).text == text)
    }

    @Test func `a name taken in another case is refused`() throws {
        #expect {
            try WrittenBook { book in
                try book.addWorksheet(SheetOptions(SheetName("Rows"))) { _ in }
                try book.addWorksheet(SheetOptions(SheetName("rOWS"))) { _ in }
            }
        } throws: { ($0 as? WorkbookWriterError)?.code == .sheetName }
    }

    @Test func `a workbook needs a visible sheet`() throws {
        #expect {
            try WrittenBook(sheet: SheetOptions(SheetName("a")) { $0.visibility = .hidden }) { _ in
            }
        } throws: { ($0 as? WorkbookWriterError)?.code == .noVisibleSheet }
    }

    @Test func `the workbook lists sheets, names and the first to show`() throws {
        let range = CellRange(rows: 0...4, columns: 0...0)
        let book = try WrittenBook { book in
            let lists = try SheetName("Lists")
            try book.addWorksheet(SheetOptions(lists) { $0.visibility = .veryHidden }) { _ in }
            book.define(DefinedName("List", number: 3), as: "\(lists)\(fixed: range)")
            try book.addWorksheet(SheetOptions(SheetName("A & B"))) { $0.autofilter = range }
        }
        let text = try book.part("xl/workbook.xml")
        #expect(text.contains("<workbookView activeTab=\"1\"/>"))
        #expect(
            try book.inside("sheets", of: "xl/workbook.xml") == """
                <sheet name="Lists" sheetId="1" state="veryHidden" r:id="rId1"/>\
                <sheet name="A &amp; B" sheetId="2" r:id="rId2"/>
                """)
        #expect(
            try book.inside("definedNames", of: "xl/workbook.xml") == """
                <definedName name="List_3">'Lists'!$A$1:$A$5</definedName>\
                <definedName name="_xlnm._FilterDatabase" localSheetId="1" hidden="1">\
                'A &amp; B'!$A$1:$A$5</definedName>
                """)
        #expect(try !book.part("xl/worksheets/sheet1.xml").contains("tabSelected"))
        #expect(try book.part("xl/worksheets/sheet2.xml").contains("tabSelected=\"1\""))
    }

    @Test func `equal styles are one style`() throws {
        let book = try WrittenBook { book in
            let header = book.style(.header)
            #expect(book.style(.header) == header)
            #expect(book.style(.plain) == .plain)
            _ = book.style(
                .plain.with { style in
                    style.numberFormat = "dd.mm.yyyy \"<\""
                    style.font.color = .init(0x00FF00)
                    style.border = .init(.thin, .init(0x808080))
                    style.horizontal = .center
                    style.isLocked = false
                })
            _ = book.style(.plain.with { $0.numberFormat = "mm-dd-yy" })
            try book.addWorksheet(SheetOptions(SheetName("a"))) { _ in }
        }
        let styles = "xl/styles.xml"
        #expect(
            try book.inside("numFmts", of: styles) == """
                <numFmt numFmtId="164" formatCode="dd.mm.yyyy &quot;&lt;&quot;"/>
                """)
        #expect(
            try book.inside("cellXfs", of: styles) == """
                <xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>\
                <xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" \
                applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>\
                <xf numFmtId="164" fontId="2" fillId="0" borderId="1" xfId="0" \
                applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1" \
                applyProtection="1"><alignment horizontal="center"/><protection locked="0"/></xf>\
                <xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" \
                applyNumberFormat="1"/>
                """)
    }

    @Test func `the same calls give the same bytes`() throws {
        func write() throws -> [UInt8] {
            try WrittenBook(sheet: SheetOptions(SheetName("a"))) { sheet in
                for row in 0..<50 {
                    try sheet.append([.text("row \(row)"), .text("=\(row)"), .boolean(true)])
                    let cell = CellReference(rowIndex: row, columnIndex: 0)
                    try sheet.addComment(at: cell, text: "comment \(row)")
                }
            }.bytes
        }
        #expect(try write() == write())
    }

    @Test func `rows go to the archive in blocks`() throws {
        let book = try WrittenBook(sheet: SheetOptions(SheetName("a"))) { sheet in
            let text = String(repeating: "x", count: 1_000)
            for number in 0..<2_200 {
                // More different long texts than are shared.
                try sheet.append([.text(text + "\(number)")])
                #expect(sheet.xml.bytes.count < WorksheetWriter.blockSize + 2_000)
            }
        }
        #expect(try book.part("xl/worksheets/sheet1.xml").utf8.count > 1_000_000)
    }

    @Test func `what cannot be written is told with its part`() throws {
        #expect {
            var book = try WorkbookWriter(to: FullSink(room: 2_000))
            try book.addWorksheet(SheetOptions(SheetName("a")), rows: { _ in })
            _ = try book.finish()
        } throws: { error in
            let error = error as? WorkbookWriterError
            return error?.code == .output && error?.underlying?.code == .cannotWrite
                && error?.place.isEmpty == false
        }
    }
}

@Suite struct SharedStringTableTests {
    private func index(of text: String, in table: SharedStringTable) -> Int? {
        var text = text
        return text.withUTF8 { table.index(of: $0) }
    }

    @Test func `texts get the same index again, and a full table takes no more`() {
        let table = SharedStringTable()
        var taken: [String: Int] = [:]
        for number in 0..<(SharedStringTable.countMax + 5_000) {
            let text = "text \(number)"
            if let index = index(of: text, in: table) { taken[text] = index }
        }
        #expect(table.count <= SharedStringTable.countMax)
        #expect(table.count > SharedStringTable.countMax * 9 / 10)
        #expect(taken.count == table.count)
        #expect(taken.allSatisfy { index(of: $0.key, in: table) == $0.value })
        #expect(table.referenceCount == 2 * table.count)
        #expect(Set(taken.values).count == taken.count)
    }
}

/// A disk with little room.
private struct FullSink: ByteSink {
    var room: Int

    mutating func write(_ bytes: UnsafeRawBufferPointer) throws(ZipError) {
        room -= bytes.count
        guard room >= 0 else {
            throw ZipError(.cannotWrite, found: "no room", expected: "room", errno: 28)
        }
    }

    mutating func overwrite(at offset: UInt64, _ bytes: UnsafeRawBufferPointer) throws(ZipError) {}

    mutating func flush() throws(ZipError) {}
}
