import Spreadsheet
import Testing

@testable import XLSX

@Suite struct WritingSheetsTests {
    private let range = CellRange(rows: 0...9, columns: 0...1)

    private func name(_ text: String = "Sheet") throws -> SheetName { try SheetName(text) }

    private func cell(_ text: String) throws -> CellReference {
        try #require(CellReference(text))
    }

    /// A sheet with one of everything.
    private func fullBook() throws -> WrittenBook {
        var options = try SheetOptions(name())
        options.columns = [ColumnOptions(width: 20), ColumnOptions(isHidden: true)]
        options.frozenRowCount = 1
        options.tabColor = .init(0xFF8000)
        options.isProtected = true
        options.isLandscape = true
        return try WrittenBook(sheet: options) { sheet in
            try sheet.addComment(at: cell("B7"), text: "second")
            try sheet.addComment(at: cell("A2"), text: " first\n")
            try sheet.append(["Title", "Other"], style: sheet.style(.header))
            sheet.merge(CellRange(rows: 20...21, columns: 0...1))
            sheet.autofilter = range
            sheet.addConditionalFormat(
                to: range, when: "$A1=\"\"", style: .plain.with { $0.fill = .init(0xFFC7CE) })
            try sheet.addValidation(
                .init(.choices(["Yes", "No"])) { $0.prompt = "Say" }, to: range)
            try sheet.addLink(at: cell("A3"), to: cell("B9"), on: name("It's"), tooltip: "There")
            sheet.allowNumbersAsText(in: range)
        }
    }

    @Test func `elements stand in the order of the schema`() throws {
        let text = try fullBook().part("xl/worksheets/sheet1.xml")
        let order = [
            "<sheetPr>", "<sheetViews>", "<sheetFormatPr ", "<cols>", "<sheetData>",
            "<sheetProtection ", "<autoFilter ", "<mergeCells ", "<conditionalFormatting ",
            "<dataValidations ", "<hyperlinks>", "<pageMargins ", "<pageSetup ", "<ignoredErrors>",
            "<legacyDrawing ", "</worksheet>",
        ]
        let places = try order.map { try #require(text.firstRange(of: $0), "no \($0)").lowerBound }
        #expect(places == places.sorted())
    }

    @Test func `parts know each other`() throws {
        let book = try fullBook()
        #expect(
            book.partNames == [
                "_rels/.rels", "xl/worksheets/sheet1.xml", "xl/comments1.xml",
                "xl/drawings/vmlDrawing1.vml", "xl/worksheets/_rels/sheet1.xml.rels",
                "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml",
                "xl/_rels/workbook.xml.rels", "docProps/core.xml", "docProps/app.xml",
                "[Content_Types].xml",
            ])
        let types = try book.part("[Content_Types].xml")
        for part in book.partNames where part.hasSuffix(".xml") && part.first != "[" {
            #expect(types.contains("PartName=\"/\(part)\""))
        }
        let related = try book.part("xl/worksheets/_rels/sheet1.xml.rels")
        #expect(related.contains("Target=\"../drawings/vmlDrawing1.vml\""))
        #expect(related.contains("Target=\"../comments1.xml\""))
        #expect(
            try book.part("xl/worksheets/sheet1.xml").contains("<legacyDrawing r:id=\"rId1\"/>"))
        #expect(try book.part("docProps/core.xml").contains("<dc:title>A &lt;title&gt;</dc:title>"))
    }

    @Test func `comments go by row and have a box each`() throws {
        let book = try fullBook()
        #expect(
            try book.inside("commentList", of: "xl/comments1.xml") == """
                <comment ref="A2" authorId="0"><text><t xml:space="preserve"> first\n</t></text>\
                </comment><comment ref="B7" authorId="0"><text><t>second</t></text></comment>
                """)
        let boxes = try book.part("xl/drawings/vmlDrawing1.vml").split(separator: "<v:shape ")
        #expect(boxes.count == 3)
        #expect(boxes[2].contains("<x:Row>6</x:Row><x:Column>1</x:Column>"))
        #expect(boxes[2].contains("id=\"_x0000_s1026\""))
    }

    @Test func `shape ids of many comments lie in the blocks that drawings name`() throws {
        let book = try WrittenBook { book in
            for name in ["One", "Two"] {
                try book.addWorksheet(SheetOptions(SheetName(name))) { sheet in
                    for row in 0..<1_024 {
                        let cell = CellReference(rowIndex: row, columnIndex: 0)
                        try sheet.addComment(at: cell, text: "x")
                    }
                }
            }
        }
        let first = try book.part("xl/drawings/vmlDrawing1.vml")
        let second = try book.part("xl/drawings/vmlDrawing2.vml")
        #expect(first.contains("data=\"1,2\"") && first.contains("\"_x0000_s2048\""))
        #expect(second.contains("data=\"3,4\"") && second.contains("\"_x0000_s3073\""))
    }

    @Test func `a second comment on a cell is refused`() throws {
        #expect {
            try WrittenBook(row: { sheet in
                try sheet.addComment(at: cell("A1"), text: "one")
                try sheet.addComment(at: cell("A1"), text: "two")
            })
        } throws: { ($0 as? WorkbookWriterError)?.code == .comment }
    }

    @Test func `links lead to cells of the workbook`() throws {
        #expect(
            try fullBook().inside("hyperlinks") == """
                <hyperlink ref="A3" location="'It''s'!B9" tooltip="There"/>
                """)
    }

    @Test func `a list of choices is one text`() throws {
        let text = try fullBook().part("xl/worksheets/sheet1.xml")
        #expect(
            text.contains(
                """
                <dataValidation type="list" allowBlank="1" showInputMessage="1" \
                showErrorMessage="1" prompt="Say" sqref="A1:B10">\
                <formula1>&quot;Yes,No&quot;</formula1></dataValidation>
                """))
    }

    @Test(
        arguments: [
            [], ["a,b"], ["a", ""], [String(repeating: "x", count: 256)],
            [String(repeating: "x", count: 127), String(repeating: "y", count: 128)],
        ] as [[String]])
    func `choices that no list holds are refused`(choices: [String]) throws {
        #expect {
            try WrittenBook(row: { try $0.addValidation(.init(.choices(choices)), to: range) })
        } throws: { ($0 as? WorkbookWriterError)?.code == .choices }
    }

    @Test func `choices of 255 characters and long prompts fit`() throws {
        let choices = [String(repeating: "x", count: 127), String(repeating: "y", count: 127)]
        let book = try WrittenBook(row: { sheet in
            let validation = DataValidation(.choices(choices)) { validation in
                validation.promptTitle = String(repeating: "t", count: 33)
                validation.prompt = String(repeating: "p", count: 255)
            }
            try sheet.addValidation(validation, to: range)
        })
        let text = try book.part("xl/worksheets/sheet1.xml")
        #expect(text.contains("promptTitle=\"\(String(repeating: "t", count: 31))…\""))
        #expect(text.contains("prompt=\"\(String(repeating: "p", count: 255))\""))
    }

    @Test func `rows have their own looks and may leave others out`() throws {
        let book = try WrittenBook(sheet: SheetOptions(name())) { sheet in
            try sheet.beginRow(index: 1, height: 30, isHidden: true, style: sheet.style(.text))
            try sheet.endRow()
            try sheet.beginRow()
            try sheet.endRow()
        }
        #expect(
            try book.inside("sheetData") == """
                <row r="2" s="1" customFormat="1" ht="30" customHeight="1" hidden="1"/><row r="3"/>
                """)
    }

    @Test(arguments: [[3, 3], [3, 2], [1_048_576], [-1]])
    func `rows that go backwards or out of the grid are refused`(indexes: [Int]) throws {
        #expect {
            try WrittenBook(sheet: SheetOptions(name())) { sheet in
                for index in indexes {
                    try sheet.beginRow(index: index)
                    try sheet.endRow()
                }
            }
        } throws: { ($0 as? WorkbookWriterError)?.code == .rowOrder }
    }

    @Test func `a row left open and a cell outside rows are refused`() throws {
        #expect(throws: WorkbookWriterError.self) {
            try WrittenBook(sheet: SheetOptions(name())) { try $0.beginRow() }
        }
        #expect(throws: WorkbookWriterError.self) {
            try WrittenBook(sheet: SheetOptions(name())) { sheet in
                sheet.text("lost")
                try sheet.append([])
            }
        }
    }
}
