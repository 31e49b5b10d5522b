import Spreadsheet
import Testing
import XLSX
import Zip

/// The same workbook written otherwise has the same rows.
@Suite("Reading repackaged workbooks")
struct ReadingRepackagedTests {
    /// What another program might have written instead.
    enum Change: CaseIterable {
        case stored, fastest, usual, smallest, reversed, shuffled, descriptors
        case inlineStrings, sharedStrings, thereAndBack, prefixes
        case strict, strictSheets, strictStrings, strictWorkbook

        func apply(to package: Repackaging) throws -> [UInt8] {
            var package = package
            switch self {
            case .stored: return try package.zipped(level: .stored)
            case .fastest: return try package.zipped(level: CompressionLevel(1))
            case .usual: return try package.zipped(level: CompressionLevel(6))
            case .smallest: return try package.zipped(level: CompressionLevel(9))
            case .descriptors: return try package.zippedWithDescriptors()
            case .reversed: package.parts.reverse()
            case .shuffled:
                var generator = SeededBits(seed: package.parts.count)
                package.parts.shuffle(using: &generator)
            case .inlineStrings: package.inlineStrings()
            case .sharedStrings: package.shareStrings()
            case .thereAndBack:
                package.shareStrings()
                package.inlineStrings()
            case .prefixes: package.addPrefixes()
            case .strict: package.makeStrict()
            case .strictSheets: package.makeStrict { $0.hasPrefix("xl/worksheets/") }
            case .strictStrings: package.makeStrict { $0 == Repackaging.strings }
            case .strictWorkbook: package.makeStrict { !$0.hasPrefix("xl/worksheets/") }
            }
            return try package.zipped()
        }
    }

    private func read(_ bytes: [UInt8]) -> ReadOutcome {
        ReadOutcome(MemorySource(bytes), asWritten: false, pieceSize: nil)
    }

    @Test(arguments: Change.allCases)
    func `every fixture written otherwise has the same rows`(change: Change) throws {
        #expect(StudioWorkbook.all.count > 19)
        var changedCount = 0
        for workbook in StudioWorkbook.all {
            let package = try workbook.package()
            let changed = try change.apply(to: package)
            if try changed != package.zipped() { changedCount += 1 }
            let outcome = read(changed)
            #expect(try outcome == read(workbook.bytes()), "\(workbook.name)")
        }
        #expect(changedCount > 4, "there is something to change")
    }
}

/// Parts that are where they do not belong.
@Suite("Reading exchanged parts")
struct ReadingExchangedTests {
    private static let sheets = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"]
    private static let relationships = "xl/_rels/workbook.xml.rels"

    private let twoSheets = StudioWorkbook(name: "other-template.xlsx")

    private func read(_ package: Repackaging) throws -> ReadOutcome {
        ReadOutcome(MemorySource(try package.zipped()), asWritten: false, pieceSize: nil)
    }

    @Test func `rows go with their part, and parts with their relationship`() throws {
        var package = try twoSheets.package()
        let whole = try read(package)
        #expect(whole.sheets.count == 2 && whole.sheets[0] != whole.sheets[1])
        package.exchange(Self.sheets[0], with: Self.sheets[1])
        #expect(try read(package).sheets == whole.sheets.reversed())
        package[Self.relationships] = package[Self.relationships]?
            .replacing("sheet1.xml", with: "sheet0.xml")
            .replacing("sheet2.xml", with: "sheet1.xml")
            .replacing("sheet0.xml", with: "sheet2.xml")
        #expect(try read(package) == whole)
    }

    /// The content is honestly another one: every cell is where it was, and what was a shared
    /// string is one of the other table or none.
    @Test func `strings of another workbook are told as they are, or as missing`() throws {
        let sharing = try StudioWorkbook.all.filter {
            try $0.package()[Repackaging.strings] != nil
        }
        #expect(sharing.count > 3)
        for (workbook, other) in zip(sharing, sharing.dropFirst() + sharing.prefix(1)) {
            var package = try workbook.package()
            let whole = try Cells(package)
            package[Repackaging.strings] = try other.package()[Repackaging.strings]
            let cells = try Cells(package)
            #expect(cells.places == whole.places)
            let strings = try Cells(other.package()).strings
            let isAsTold = zip(cells.all, whole.all).allSatisfy { cell, old in
                let isMissing = cell.kind == .badSharedString
                return cell == old || old.isShared && (isMissing || strings.contains(cell.text))
            }
            #expect(isAsTold, "\(workbook.name), \(other.name)")
        }
    }

    /// Styles say what a number means, and nothing else.
    @Test func `styles of another workbook change no value`() throws {
        let styles = "xl/styles.xml"
        let all = StudioWorkbook.all
        for (workbook, other) in zip(all, all.dropFirst() + all.prefix(1)) {
            var package = try workbook.package()
            let whole = try Cells(package)
            package[styles] = try other.package()[styles]
            let cells = try Cells(package)
            #expect(cells.places == whole.places)
            #expect(cells.all.map(\.text) == whole.all.map(\.text))
            let numbers: Set<CellKind> = [.number, .date]
            let isAlike = zip(cells.all, whole.all).allSatisfy {
                $0.kind == $1.kind || numbers.isSuperset(of: [$0.kind, $1.kind])
            }
            #expect(isAlike, "\(workbook.name), \(other.name)")
        }
    }

    @Test(arguments: [
        "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml", "xl/theme/theme1.xml",
        "docProps/core.xml", "xl/_rels/workbook.xml.rels",
    ])
    func `another part in place of a sheet has no rows`(part: String) throws {
        var package = try twoSheets.package()
        let whole = try read(package)
        package[Self.sheets[0]] = package[part]
        let outcome = try read(package)
        #expect(outcome.sheets.count == 2 && outcome.sheets[1] == whole.sheets[1])
        #expect(outcome.sheets[0].isEmpty || outcome.isSameOrError(as: whole))
    }
}

/// All cells of a workbook, apart from how they look.
private struct Cells {
    struct Cell: Equatable {
        let kind: CellKind
        let isShared: Bool
        let text: String
    }

    private(set) var places: [String] = []
    private(set) var all: [Cell] = []
    private(set) var strings: Set<String> = []

    init(_ package: Repackaging) throws {
        let workbook = try Workbook(opening: MemorySource(package.zipped()))
        for (index, sheet) in workbook.sheets.enumerated() {
            let reader = try workbook.open(sheet)
            var batch = RowBatch()
            while try reader.next(into: &batch) {
                for row in batch.rows {
                    for cell in batch.cells[row.cellStart..<row.cellEnd] {
                        places.append("\(index) \(row.rowIndex) \(cell.columnIndex)")
                        all.append(Self.cell(cell, of: batch, workbook))
                    }
                }
            }
        }
        let table = workbook.sharedStrings
        strings = Set((0..<UInt32(table.count)).map { table.string($0) })
    }

    private static func cell(
        _ cell: CellRecord, of batch: RowBatch, _ workbook: Workbook
    ) -> Cell {
        let text =
            cell.isShared
            ? workbook.sharedStrings.string(cell.payload)
            : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
        return Cell(kind: cell.kind, isShared: cell.isShared, text: text)
    }
}
