import Catalogue
import Spreadsheet
import XML

/// Turns the events of a worksheet part into rows and cells (ECMA-376 Part 1 §18.3.1).
///
/// It knows nothing of where the bytes come from: a piece of a sheet has rows of its own, which
/// `join` takes. `dimension`, `spans` and counts are not looked at. The first thing that makes the
/// whole sheet unreadable is kept in `failure`, and what follows is ignored; what is wrong with one
/// cell is the cell's kind.
struct WorksheetRows {
    enum Word: UInt8, CaseIterable {
        case worksheet, sheetData, row, c, v, `is`, t, r, rPh, f, s, hidden, space
        case mergeCells, mergeCell, autoFilter, ref
    }

    /// What to do with rows and cells that are not where they should be.
    enum Order {
        /// A wrong or repeated row or cell is an error of the sheet, a cell of another row a bad
        /// reference.
        case strict
        /// Cells stand where their references say.
        case asWritten
    }

    /// The rows so far; the last may still be open, see `isInRow`.
    var batch = RowBatch()
    private(set) var failure: WorkbookError?
    private var hasFailed = false
    private(set) var merges: [CellRange] = []
    private(set) var mergeCount = 0
    private(set) var hasAutoFilter = false
    private(set) var isInRow = false
    /// Whether the root was a worksheet.
    private(set) var isWorksheet = false

    private let values: CellValueRules
    private let limits: WorkbookLimits
    private let order: Order
    /// Whether the first row has to say its number, as nobody knows how many came before.
    private let isPiece: Bool
    /// The index of the first row, blank ones too; nil before it.
    private var firstRowIndex: Int?
    /// The index of the row before the next one; -1 before the first.
    private var rowIndex = -1
    private var columnIndex = -1
    private var columns = ColumnSet()
    private var rowStart = 0
    private var cellCount = 0
    private var cellCountOfRow = 0
    private var cell = OpenCell()
    /// The reference of the open cell as it stands, when it is bad.
    private var badReference: [UInt8] = []
    private var isInCell = false
    private var collector = StringCollector()
    private var isInText = false
    private var isInPhonetic = false

    /// - Parameter isPiece: whether these are rows from the middle of a sheet.
    init(
        values: CellValueRules, limits: WorkbookLimits, order: Order, isPiece: Bool = false
    ) {
        self.values = values
        self.limits = limits
        self.order = order
        self.isPiece = isPiece
    }

    /// Takes the rows of the next piece; false when something is wrong with them, or they do not
    /// follow these: then the piece is to be read again, by these.
    mutating func join(_ piece: WorksheetRows) -> Bool {
        guard piece.failure == nil, !isInRow, let first = piece.firstRowIndex,
            first > rowIndex || order == .asWritten,
            cellCount + piece.cellCount <= limits.cellCountMax
        else { return false }
        if batch.rows.isEmpty { batch = piece.batch } else { batch.append(piece.batch) }
        rowIndex = piece.rowIndex
        cellCount += piece.cellCount
        return true
    }

    // MARK: Events

    // By the words' numbers: to make words of them would cost every element as much again.

    mutating func start(_ element: XMLElement) {
        guard !hasFailed else { return }
        let parent = element.parent
        switch element.word {
        case Word.c.rawValue where isInRow && parent == Word.row.rawValue || isInCell:
            beginCell(element.attributes)
        case Word.v.rawValue where isInCell:
            if parent == Word.c.rawValue, !cell.hasValue { beginText(keepsSpace: true) }
        case Word.row.rawValue where parent == Word.sheetData.rawValue || isInRow:
            beginRow(element.attributes)
        default: startOther(element)
        }
    }

    private mutating func startOther(_ element: XMLElement) {
        let parent = Word(rawValue: element.parent)
        switch Word(rawValue: element.word) {
        case .is where isInCell && parent == .c: beginInline()
        case .t where isInCell && cell.hasInline && !isInPhonetic:
            beginText(keepsSpace: element.attributes.keepsSpace(Word.space.rawValue))
        case .f where isInCell && parent == .c: cell.isFormula = true
        case .rPh where isInCell: isInPhonetic = true
        case .worksheet: isWorksheet = isWorksheet || parent == nil
        case .mergeCell where parent == .mergeCells: addMerge(element.attributes)
        case .autoFilter where parent == .worksheet: hasAutoFilter = true
        default: break
        }
    }

    mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard isInText, !cell.takesIndex(bytes) else { return }
        cell.keepText(in: &batch.bytes)
        collector.append(bytes, to: &batch.bytes)
    }

    mutating func end(_ word: UInt8, parent: UInt8) {
        guard !hasFailed else { return }
        switch word {
        case Word.c.rawValue where parent == Word.row.rawValue && isInCell: endCell()
        case Word.v.rawValue where isInText: isInText = false
        case Word.t.rawValue where isInText:
            isInText = false
            collector.endRun(in: &batch.bytes)
        case Word.rPh.rawValue: isInPhonetic = false
        case Word.row.rawValue where parent == Word.sheetData.rawValue && isInRow: endRow()
        default: break
        }
    }

    // MARK: Rows

    private mutating func beginRow(_ attributes: XMLAttributes) {
        guard !isInRow else {
            return fail(.xmlMalformed, at: rowIndex, "a row inside a row", "rows side by side")
        }
        guard let index = nextRowIndex(attributes[Word.r.rawValue]) else { return }
        if firstRowIndex == nil { firstRowIndex = index }
        rowIndex = index
        columnIndex = -1
        columns.removeAll()
        isInRow = true
        cellCountOfRow = 0
        rowStart = batch.bytes.count
        let hidden = attributes[Word.hidden.rawValue]
        openRow(
            isHidden: hidden.map { $0.elementsEqual("1".utf8) || $0.elementsEqual("true".utf8) }
                ?? false)
    }

    /// The row's index, from its number or its position; nil when it has failed.
    private mutating func nextRowIndex(_ number: UnsafeBufferPointer<UInt8>?) -> Int? {
        let next = rowIndex + 1
        let written = number.map { CellReference.rowIndex(of: CellText.trimmed($0)) } ?? next
        let needsNumber = isPiece && firstRowIndex == nil
        guard let index = written, index < GridLimits.rowCountMax, number != nil || !needsNumber
        else {
            if order == .asWritten && !needsNumber { return min(next, GridLimits.rowCountMax - 1) }
            let found =
                number.map { String(decoding: $0.prefix(20), as: UTF8.self) } ?? "\(next + 1)"
            fail(
                .sheetBadRowRef, at: next, "the row number \"\(found)\"",
                "1 to \(GridLimits.rowCountMax)")
            return nil
        }
        guard index >= next || order == .asWritten else {
            fail(
                .sheetRowOrder, at: index, "row \(index + 1) after row \(next)",
                "rows in rising order")
            return nil
        }
        return index
    }

    private mutating func openRow(isHidden: Bool) {
        let cellStart = batch.cells.count
        batch.rows.append(
            RowRecord(
                rowIndex: UInt32(truncatingIfNeeded: rowIndex), isHidden: isHidden,
                cellStart: cellStart, cellEnd: cellStart))
    }

    /// Rows without cells are not handed over.
    private mutating func endRow() {
        isInRow = false
        closeRow()
    }

    private mutating func closeRow() {
        let last = batch.rows.count - 1
        guard batch.rows[last].cellStart < batch.cells.count else {
            batch.rows.removeLast()
            return
        }
        batch.rows[last].cellEnd = batch.cells.count
    }

    /// Takes the open row, the last of a batch that is handed over, into the next batch.
    mutating func keep(_ row: RowRecord, from batch: inout RowBatch) {
        let byteStart = rowStart
        var moved = row
        moved.cellStart = 0
        self.batch.rows.append(moved)
        self.batch.cells.append(contentsOf: batch.cells[row.cellStart...])
        for index in self.batch.cells.indices where !self.batch.cells[index].isShared {
            self.batch.cells[index].payload &-= UInt32(truncatingIfNeeded: byteStart)
        }
        self.batch.bytes.append(contentsOf: batch.bytes[byteStart...])
        batch.rows.removeLast()
        batch.cells.removeLast(batch.cells.count - row.cellStart)
        batch.bytes.removeLast(batch.bytes.count - byteStart)
        rowStart = 0
        collector.move(by: byteStart)
    }

    // MARK: Cells

    private mutating func beginCell(_ attributes: XMLAttributes) {
        guard !isInCell else {
            return fail(.xmlMalformed, at: rowIndex, "a cell inside a cell", "cells side by side")
        }
        isInCell = true
        cell = OpenCell()
        collector.begin(at: batch.bytes.count)
        var reference: UnsafeBufferPointer<UInt8>?
        for index in 0..<attributes.count {
            let value = attributes.value(at: index)
            switch attributes.word(at: index) {
            case Word.r.rawValue: reference = value
            case Word.t.rawValue: cell.type = CellType(value)
            case Word.s.rawValue: cell.formatIndex = values.formatIndex(value)
            default: break
            }
        }
        if let reference { place(at: reference) } else { columnIndex += 1 }
        if columnIndex >= GridLimits.columnCountMax { cell.hasBadReference = true }
        guard !cell.hasBadReference else { return }
        if !columns.insert(columnIndex), order == .strict {
            let found = CellReference(rowIndex: rowIndex, columnIndex: columnIndex)
            fail(.sheetDuplicateCell, at: rowIndex, "the cell \(found) twice", "each cell once")
        }
    }

    private mutating func place(at bytes: UnsafeBufferPointer<UInt8>) {
        let reference = CellReference(bytes) ?? CellReference(CellText.trimmed(bytes))
        guard let reference, reference.rowIndex == rowIndex || order == .asWritten else {
            columnIndex = min(columnIndex + 1, GridLimits.columnCountMax)
            cell.hasBadReference = true
            badReference = Array(String(decoding: bytes.prefix(40), as: UTF8.self).utf8)
            return
        }
        columnIndex = reference.columnIndex
        guard reference.rowIndex != rowIndex else { return }
        let isHidden = batch.rows[batch.rows.count - 1].isHidden
        closeRow()
        rowIndex = reference.rowIndex
        rowStart = batch.bytes.count
        openRow(isHidden: isHidden)
    }

    private mutating func beginText(keepsSpace: Bool) {
        isInText = true
        cell.hasValue = true
        collector.beginRun(at: batch.bytes.count, keepsSpace: keepsSpace)
    }

    /// An inline string counts more than a value beside it.
    private mutating func beginInline() {
        batch.bytes.removeLast(batch.bytes.count - collector.start)
        cell.dropText()
        cell.hasInline = true
        cell.hasValue = true
    }

    private mutating func endCell() {
        isInCell = false
        guard let record = values.sharedRecord(of: cell) ?? keptRecord() else { return }
        batch.cells.append(record.at(columnIndex))
        cellCount += 1
        cellCountOfRow += 1
        checkLimits()
    }

    private mutating func keptRecord() -> CellRecord? {
        cell.keepText(in: &batch.bytes)
        return values.record(
            of: cell, in: &batch.bytes, collector: &collector, reference: badReference)
    }

    private mutating func checkLimits() {
        if cellCount > limits.cellCountMax {
            fail(.sheetTooManyCells, at: rowIndex, "more cells", "at most \(limits.cellCountMax)")
        }
        if cellCountOfRow > GridLimits.columnCountMax {
            let expected = "at most \(GridLimits.columnCountMax) in one row"
            fail(.sheetTooManyCells, at: rowIndex, "more cells", expected)
        }
        if batch.bytes.count - rowStart > limits.rowSizeBytesMax {
            let expected = "at most \(limits.rowSizeBytesMax) bytes in one row"
            fail(.sheetTooManyCells, at: rowIndex, "more text", expected)
        }
    }

    private mutating func addMerge(_ attributes: XMLAttributes) {
        guard let bytes = attributes[Word.ref.rawValue] else { return }
        mergeCount += 1
        guard merges.count < limits.mergedRangeCountMax,
            let range = CellRange(CellText.trimmed(bytes))
        else { return }
        merges.append(range)
    }

    private mutating func fail(
        _ code: Code, at rowIndex: Int, _ found: String, _ expected: String
    ) {
        guard !hasFailed else { return }
        hasFailed = true
        failure = WorkbookError(
            code, rowNumber: rowIndex + 1, found: found, expected: expected)
    }
}
