import Spreadsheet
import XLSX
import Zip

/// Any bytes as parts of a workbook, with 0xFF between them, which no text has: sheet, shared
/// strings, styles, workbook, its relationships, content types. What is missing is as usual.
///
/// However a workbook is read, cut into pieces or not, the same comes out: cells or an error.
enum WorkbookPartsProperty {
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"

    private static let usual: [(name: String, text: String)] = [
        ("xl/worksheets/sheet1.xml", "<worksheet xmlns='\(main)'><sheetData/></worksheet>"),
        ("xl/sharedStrings.xml", "<sst xmlns='\(main)'><si><t>a</t></si></sst>"),
        ("xl/styles.xml", "<styleSheet xmlns='\(main)'/>"),
        (
            "xl/workbook.xml",
            "<workbook xmlns='\(main)' xmlns:r='\(office)'>"
                + "<sheets><sheet name='One' sheetId='1' r:id='1'/></sheets></workbook>"
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relationships([
                "worksheet": "worksheets/sheet1.xml", "sharedStrings": "sharedStrings.xml",
                "styles": "styles.xml",
            ])
        ),
        ("[Content_Types].xml", "<Types xmlns='\(package)/content-types'/>"),
        ("_rels/.rels", relationships(["officeDocument": "xl/workbook.xml"])),
    ]

    private static func relationships(_ targets: KeyValuePairs<String, String>) -> String {
        let elements = targets.enumerated().map { index, relationship in
            "<Relationship Id='\(index + 1)' Type='\(office)/\(relationship.key)'"
                + " Target='\(relationship.value)'/>"
        }
        return "<Relationships xmlns='\(package)/relationships'>\(elements.joined())"
            + "</Relationships>"
    }

    @Sendable
    static func holds(for bytes: UnsafeBufferPointer<UInt8>) {
        let archive = MemorySource(archive(of: bytes))
        let whole = ReadBook(archive, pieceSize: nil, asWritten: true)
        expect(
            ReadBook(archive, pieceSize: 300, asWritten: true) == whole,
            "pieces give what the whole gives")
        if whole.hasError { return }
        let strict = ReadBook(archive, pieceSize: nil, asWritten: false)
        let isApart = strict.hasError || strict.cells.contains { $0.kind == .badReference }
        expect(isApart || strict == whole, "cells in order are those that are written")
        dump(archive)
    }

    private static func archive(of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let given = bytes.split(separator: 0xFF, omittingEmptySubsequences: false)
        do throws(ZipError) {
            var writer = ZipWriter(to: MemorySink())
            for (index, part) in usual.enumerated() {
                try writer.beginEntry(named: part.name, level: .stored)
                let bytes = index < given.count ? Array(given[index]) : []
                try writer.write(bytes.isEmpty ? Array(part.text.utf8) : bytes)
                try writer.endEntry()
            }
            return try writer.finish().bytes
        } catch { preconditionFailure("memory takes all") }
    }

    /// What `inspect` makes of the cells: dates and formats too.
    private static func dump(_ archive: MemorySource) {
        do throws(WorkbookError) {
            var dump = try CellDump(Workbook(opening: archive))
            var output: [UInt8] = []
            while try dump.next(into: &output) { output.removeAll() }
        } catch { return }
    }
}
