import Catalogue
import Spreadsheet
import XLSX
import Zip

/// A small workbook put together part by part, so that a test can replace, drop or break any of
/// them.
struct ReadingFixture {
    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let package = "http://schemas.openxmlformats.org/package/2006/relationships"
    static let sheetPart = "xl/worksheets/sheet1.xml"

    /// In the archive's order.
    var parts: [(name: String, text: String)] = []

    /// A workbook with one worksheet of these rows.
    init(rows: String, strings: String? = nil, styles: String? = nil) {
        self["[Content_Types].xml"] =
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>"
        self["_rels/.rels"] = Self.relationships([("1", "officeDocument", "xl/workbook.xml")])
        self["xl/workbook.xml"] = Self.workbook("<sheet name='One' sheetId='1' r:id='r1'/>")
        self["xl/_rels/workbook.xml.rels"] = Self.relationships([
            ("r1", "worksheet", "worksheets/sheet1.xml"), ("r2", "sharedStrings", "strings.xml"),
            ("r3", "styles", "styles.xml"),
        ])
        self[Self.sheetPart] = Self.worksheet(rows)
        if let strings { self["xl/strings.xml"] = "<sst xmlns='\(Self.main)'>\(strings)</sst>" }
        if let styles {
            self["xl/styles.xml"] = "<styleSheet xmlns='\(Self.main)'>\(styles)</styleSheet>"
        }
    }

    static func worksheet(_ rows: String, after: String = "") -> String {
        "<worksheet xmlns='\(main)'><sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    static func workbook(_ sheets: String, before: String = "") -> String {
        "<workbook xmlns='\(main)' xmlns:r='\(office)'>"
            + "\(before)<sheets>\(sheets)</sheets></workbook>"
    }

    static func relationships(_ all: [(id: String, type: String, target: String)]) -> String {
        let elements = all.map {
            "<Relationship Id='\($0.id)' Type='\(office)/\($0.type)' Target='\($0.target)'/>"
        }
        return "<Relationships xmlns='\(package)'>\(elements.joined())</Relationships>"
    }

    /// The text of a part; setting nil drops it.
    subscript(name: String) -> String? {
        get { parts.first { $0.name == name }?.text }
        set {
            if let index = parts.firstIndex(where: { $0.name == name }) {
                if let newValue { parts[index].text = newValue } else { parts.remove(at: index) }
            } else if let newValue {
                parts.append((name, newValue))
            }
        }
    }

    func bytes() throws(ZipError) -> [UInt8] {
        var writer = ZipWriter(to: MemorySink())
        for part in parts {
            try writer.beginEntry(named: part.name)
            try writer.write(Array(part.text.utf8))
            try writer.endEntry()
        }
        return try writer.finish().bytes
    }

    func open(
        limits: WorkbookLimits = .upload, parallelism: Parallelism = Parallelism()
    ) throws -> Workbook {
        try Workbook(
            opening: MemorySource(try bytes()), limits: limits, parallelism: parallelism)
    }

    /// The cells of the first sheet, each as `B2 text "value"`; formulas with `=`, styles other
    /// than 0 with `@`.
    func cells(asWritten: Bool = false, limits: WorkbookLimits = .upload) throws -> [String] {
        let workbook = try open(limits: limits)
        var cells: [String] = []
        try workbook.readSheet(0, asWritten: asWritten) { cells.append($0) }
        return cells
    }

    /// The code that opening or reading the first sheet ends in; nil when all goes well.
    func code(limits: WorkbookLimits = .upload) throws -> Code? {
        do {
            _ = try cells(limits: limits)
            return nil
        } catch let error as WorkbookError { return error.code }
    }
}

extension Workbook {
    /// Hands out the cells of a sheet, each as `B2 text "value"`; formulas with `=`, styles other
    /// than 0 with `@`, hidden rows with `-`; merges and filter at the end.
    func readSheet(_ index: Int, asWritten: Bool, _ take: (String) -> Void) throws {
        let reader = try asWritten ? openAsWritten(sheets[index]) : open(sheets[index])
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            for row in batch.rows {
                for cell in batch.cells[row.cellStart..<row.cellEnd] {
                    take(Self.describe(cell, in: row, of: batch, self))
                }
            }
        }
        if reader.mergeCount > 0 { take("\(reader.mergeCount) merges: \(reader.merges)") }
        if reader.hasAutoFilter { take("filter") }
    }

    private static func describe(
        _ cell: CellRecord, in row: RowRecord, of batch: RowBatch, _ workbook: Workbook
    ) -> String {
        let text =
            cell.isShared
            ? workbook.sharedStrings.string(cell.payload)
            : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
        let place = ColumnName.letters(of: Int(cell.columnIndex)) + "\(row.rowIndex + 1)"
        let format = cell.formatIndex == 0 ? "" : "@\(cell.formatIndex)"
        let hidden = row.isHidden ? "-" : ""
        return "\(place)\(hidden)\(cell.isFormula ? "=" : "")\(format) \(cell.kind) \"\(text)\""
    }
}
