import Spreadsheet
import Testing
import XLSX
import Zip

/// A written workbook, read again.
struct ReadWorkbook {
    let workbook: Workbook
    private let archive: ZipArchive

    init(_ bytes: [UInt8]) throws {
        let source = MemorySource(bytes)
        archive = try ZipArchive(reading: source)
        workbook = try Workbook(opening: source, name: "test.xlsx")
    }

    var sheetNames: [String] { workbook.sheets.map(\.name) }

    /// The text of a part.
    func part(_ name: String) throws -> String {
        let entry = try #require(archive.entry(named: name), "no part \(name)")
        return String(decoding: try archive.contents(of: entry, sizeMax: 1 << 26), as: UTF8.self)
    }

    /// The part of a sheet.
    func part(ofSheet name: String) throws -> String {
        let sheet = try #require(workbook.sheets.first { $0.name == name })
        return try part(try #require(sheet.partName))
    }

    /// The texts of a sheet's cells by their addresses; numbers by their digits.
    func cells(_ name: String) throws -> [String: String] {
        var cells: [String: String] = [:]
        try walk(name) { address, _, text in cells[address] = text }
        return cells
    }

    /// What kinds of cells a sheet has, by their addresses.
    func kinds(_ name: String) throws -> [String: CellKind] {
        var kinds: [String: CellKind] = [:]
        try walk(name) { address, cell, _ in kinds[address] = cell.kind }
        return kinds
    }

    /// Addresses of cells that are formulas.
    func formulaCells(_ name: String) throws -> Set<String> {
        var found: Set<String> = []
        try walk(name) { address, cell, _ in if cell.isFormula { found.insert(address) } }
        return found
    }

    private func walk(_ name: String, _ body: (String, CellRecord, String) -> Void) throws {
        let sheet = try #require(workbook.sheets.first { $0.name == name }, "no sheet \(name)")
        let reader = try workbook.open(sheet)
        let strings = workbook.sharedStrings
        var batch = RowBatch()
        while try reader.next(into: &batch) {
            for row in batch.rows {
                for cell in batch.cells[row.cellStart..<row.cellEnd] {
                    let text =
                        cell.isShared
                        ? strings.string(cell.payload)
                        : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
                    let address = CellReference(
                        rowIndex: Int(row.rowIndex), columnIndex: Int(cell.columnIndex))
                    body(address.description, cell, text)
                }
            }
        }
    }
}
