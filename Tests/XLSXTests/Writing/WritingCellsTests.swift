import Spreadsheet
import Testing

@testable import XLSX

@Suite struct WritingCellsTests {
    /// The markup of the row that these calls write.
    private func row(_ cells: (inout WorksheetWriter) throws -> Void) throws -> String? {
        try WrittenBook(row: cells).inside("row")
    }

    private func number(_ lexeme: String) throws -> String? {
        try row { sheet in
            var lexeme = lexeme
            lexeme.withUTF8 { sheet.number(lexeme: $0) }
        }
    }

    @Test func `a row holds its cells from left to right`() throws {
        let markup = try row { sheet in
            sheet.text("one")
            sheet.skip(2)
            sheet.number(1.5)
            sheet.boolean(true)
            sheet.error("#N/A")
            sheet.blank()
            sheet.blank(style: sheet.style(.text))
            sheet.text("one")
        }
        #expect(
            markup == """
                <c r="A1" t="s"><v>0</v></c><c r="D1"><v>1.5</v></c><c r="E1" t="b"><v>1</v></c>\
                <c r="F1" t="e"><v>#N/A</v></c><c r="H1" s="1"/><c r="I1" t="s"><v>0</v></c>
                """)
    }

    @Test(arguments: ["007", "1e3", "-0.5", "12345678901234567890", "1.0"])
    func `a lexeme is written as it came`(lexeme: String) throws {
        #expect(try number(lexeme) == "<c r=\"A1\"><v>\(lexeme)</v></c>")
    }

    @Test(arguments: ["1</v>", "NaN", "0x1A", "1e400", "1,5"])
    func `a lexeme that is no number becomes text`(lexeme: String) throws {
        #expect(try number(lexeme) == "<c r=\"A1\" t=\"s\"><v>0</v></c>")
    }

    @Test func `numbers that no file holds become an error value`() throws {
        let markup = try row { sheet in
            sheet.number(.infinity)
            sheet.number(.nan)
        }
        #expect(
            markup == """
                <c r="A1" t="e"><v>#NUM!</v></c><c r="B1" t="e"><v>#NUM!</v></c>
                """)
    }

    @Test func `an error value that Excel does not know becomes text`() throws {
        #expect(try row { $0.error("#EVIL!") } == "<c r=\"A1\" t=\"s\"><v>0</v></c>")
    }

    @Test(arguments: [
        "=1+1", "+49 123", "-5", "@name", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠a",
    ])
    func `text that starts like a formula is a string with a quote prefix`(text: String) throws {
        let book = try WrittenBook(row: { sheet in
            sheet.text(text)
            sheet.text(text, style: sheet.style(.text))
            sheet.text(text)
        })
        let sheet = try book.part("xl/worksheets/sheet1.xml")
        #expect(!sheet.contains("<f"))
        #expect(
            try book.inside("row") == """
                <c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="3" t="s"><v>0</v></c>\
                <c r="C1" s="1" t="s"><v>0</v></c>
                """)
        let styles = try book.inside("cellXfs", of: "xl/styles.xml")?.split(separator: "<xf ")
        #expect(
            styles?.map { $0.contains("quotePrefix=\"1\"") } == [false, true, false, true])
    }

    @Test(arguments: ["a=1", "1-2", " =1", "'=1", "！", "ＡＢ", "", "€"])
    func `other text has no quote prefix`(text: String) throws {
        let book = try WrittenBook(row: { $0.text(text) })
        #expect(try !book.part("xl/styles.xml").contains("quotePrefix"))
    }

    @Test func `strings keep their white space and what XML cannot hold`() throws {
        let book = try WrittenBook(row: { sheet in
            for text in [" a", "a ", "a\n", "a b", "\u{1}<&>", "_x0041_"] { sheet.text(text) }
        })
        #expect(
            try book.inside("sst", of: "xl/sharedStrings.xml") == """
                <si><t xml:space="preserve"> a</t></si><si><t xml:space="preserve">a </t></si>\
                <si><t xml:space="preserve">a\n</t></si><si><t>a b</t></si>\
                <si><t>_x0001_&lt;&amp;&gt;</t></si><si><t>_x005F_x0041_</t></si>
                """)
    }

    @Test func `of long texts the first are shared, and others stand in their cells`() throws {
        let count = SharedStringTable.longByteCountMax / 32_768
        let texts = (0...count).map { String(repeating: "x", count: 32_767 - $0) }
        let row = try #require(
            try row { row in for text in texts + texts.prefix(1) { row.text(text) } })
        #expect(row.contains("<v>\(count - 1)</v>"))
        #expect(row.contains("<v>0</v></c><c r=") && row.hasSuffix("t=\"s\"><v>0</v></c>"))
        #expect(row.contains("t=\"inlineStr\"><is><t>xxx"))
    }

    @Test(arguments: [(32_767, 0), (32_768, 0), (32_765, 1), (32_766, 1), (10, 16_384)])
    func `text is cut where a cell ends, between characters`(letters: Int, emoji: Int) throws {
        let text = String(repeating: "x", count: letters) + String(repeating: "😀", count: emoji)
        let book = try WrittenBook(row: { $0.text(text) })
        let written = try book.inside("t", of: "xl/sharedStrings.xml") ?? ""
        #expect(text.hasPrefix(written))
        #expect(written.utf16.count <= 32_767)
        #expect(written.utf16.count >= min(text.utf16.count, 32_766))
    }

    @Test func `a formula is saved with its value`() throws {
        let cell = CellReference(rowIndex: 1, columnIndex: 0)
        let markup = try row { sheet in
            sheet.formula("IF(\(cell)=\"\",\(text: "a\"b"),\(cell)&\"<\")", saved: .text("a\"b"))
            sheet.formula("LEN(\(fixed: cell))", saved: .number(3))
            sheet.formula("\(fixedColumn: cell)", saved: .blank)
        }
        #expect(
            markup == """
                <c r="A1" t="str"><f>IF(A2=&quot;&quot;,&quot;a&quot;&quot;b&quot;,A2&amp;\
                &quot;&lt;&quot;)</f><v>a"b</v></c><c r="B1"><f>LEN($A$2)</f><v>3</v></c>\
                <c r="C1" t="str"><f>$A2</f><v></v></c>
                """)
    }

    @Test func `a text too long for a literal is joined from several`() {
        let formula: Formula = "\(text: String(repeating: "\"", count: 300))"
        let literals = formula.text.split(separator: "&")
        #expect(literals.count > 1)
        #expect(
            literals.allSatisfy { $0.utf16.count <= 257 && $0.first == "\"" && $0.last == "\"" })
        #expect(formula.text.filter { $0 == "\"" }.count == 600 + literals.count * 2)
    }

    @Test func `cells behind the last column fail their row`() throws {
        #expect {
            try WrittenBook(row: { sheet in
                sheet.skip(.max)
                sheet.text("x")
            })
        } throws: { ($0 as? WorkbookWriterError)?.code == .grid }
        #expect(
            try row { sheet in
                sheet.skip(GridLimits.columnCountMax - 1)
                sheet.number(1)
            } == "<c r=\"XFD1\"><v>1</v></c>")
    }
}
