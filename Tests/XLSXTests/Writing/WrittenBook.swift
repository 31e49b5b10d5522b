import Spreadsheet
import Testing
import Zip

@testable import XLSX

/// A workbook written into memory, part by part.
struct WrittenBook {
    let bytes: [UInt8]
    private let archive: ZipArchive

    init(_ write: (inout WorkbookWriter<MemorySink>) throws -> Void) throws {
        var book = try WorkbookWriter(to: MemorySink(), title: "A <title>")
        try write(&book)
        bytes = try book.finish().bytes
        archive = try ZipArchive(reading: MemorySource(bytes))
    }

    /// A workbook of one sheet.
    init(sheet options: SheetOptions, rows: (inout WorksheetWriter) throws -> Void) throws {
        try self.init { try $0.addWorksheet(options, rows: rows) }
    }

    /// A workbook of one row of one sheet.
    init(row cells: (inout WorksheetWriter) throws -> Void) throws {
        try self.init(sheet: SheetOptions(SheetName("Sheet"))) { sheet in
            try sheet.beginRow()
            try cells(&sheet)
            try sheet.endRow()
        }
    }

    var partNames: [String] { archive.entries.map(\.name) }

    /// The text of a part.
    func part(_ name: String) throws -> String {
        let entry = try #require(archive.entry(named: name), "no part \(name)")
        return String(decoding: try archive.contents(of: entry, sizeMax: 1 << 24), as: UTF8.self)
    }

    /// What stands between the first such start tag and its end tag; nil without one.
    func inside(_ element: String, of part: String = "xl/worksheets/sheet1.xml") throws -> String? {
        let text = try self.part(part)
        guard let start = text.split(separator: "<\(element)", maxSplits: 1).dropFirst().first,
            let open = start.firstIndex(of: ">")
        else { return nil }
        return start[start.index(after: open)...]
            .components(before: "</\(element)>")
    }
}

extension Substring {
    fileprivate func components(before end: String) -> String? {
        guard let range = firstRange(of: end) else { return nil }
        return String(self[..<range.lowerBound])
    }
}
