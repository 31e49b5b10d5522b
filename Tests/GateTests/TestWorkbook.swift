import Spreadsheet
import XLSX
import Zip

@testable import Gate

/// One sheet of a workbook that is made for a test.
struct TestSheet {
    var name: String
    var visibility = SheetOptions.Visibility.visible
    /// From row 1 on; nil is a row that is not in the file.
    var rows: [[CellContent]?]
    /// Row numbers from 1.
    var hiddenRows: Set<Int> = []
    /// `C1:D1`
    var merges: [String] = []

    init(_ rows: [[CellContent]?]) { self.init("Customers", rows) }

    init(_ name: String, _ rows: [[CellContent]?]) {
        self.name = name
        self.rows = rows
    }

    func hidden() -> TestSheet {
        var sheet = self
        sheet.visibility = .hidden
        return sheet
    }

    /// The hidden sheet of a workbook of ours.
    static func meta(_ portal: String, version: Int = 1) -> TestSheet {
        TestSheet(
            "Rowgate", [["portal", .text(portal)], ["version", .text("\(version)")]]
        ).hidden()
    }
}

extension InputFile {
    /// A workbook of these sheets.
    init(_ sheets: [TestSheet], name: String = "customers.xlsx") throws {
        var book = try WorkbookWriter(to: MemorySink())
        for sheet in sheets {
            let options = SheetOptions(try SheetName(sheet.name)) {
                $0.visibility = sheet.visibility
            }
            try book.addWorksheet(options) { try sheet.write(to: &$0) }
        }
        self.init(name: name, bytes: try book.finish().bytes)
    }
}

extension TestSheet {
    fileprivate func write(to writer: inout WorksheetWriter) throws {
        for (index, cells) in rows.enumerated() {
            guard let cells else { continue }
            try writer.beginRow(index: index, isHidden: hiddenRows.contains(index + 1))
            for cell in cells { writer.cell(cell) }
            try writer.endRow()
        }
        for text in merges {
            if let range = CellRange(text) { writer.merge(range) }
        }
    }
}
