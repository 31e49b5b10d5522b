import Catalogue
import Spreadsheet
import Validation
import XLSX

/// Takes batches of one worksheet and keeps its filled rows.
struct SheetRows {
    /// What a column of the worksheet is for.
    private enum Target {
        case none
        /// A column of the store, by its position there.
        case field(Int), other(Int)
        /// A column that Rowgate wrote, by its position in `meanings`.
        case returned(Int)
    }

    var sheet: SheetStore
    private(set) var returned = ReturnedRows()
    private let headerRowIndex: UInt32
    /// By column of the worksheet.
    private var targets: [Target]
    private var meanings: [HeaderMeaning] = []
    private var lastFilledRowIndex: UInt32
    private var firstStray: (row: UInt32, column: UInt16)?
    private var strayCount = 0
    private var recentTexts = RecentTexts()

    init(assignment: SheetAssignment, match: HeaderMatch, fieldCount: Int) {
        headerRowIndex = UInt32(clamping: match.rowIndex)
        lastFilledRowIndex = headerRowIndex
        var columns: [StoredColumn] = []
        targets = Array(repeating: .none, count: (match.columns.map(\.columnIndex).max() ?? 0) + 1)
        for column in match.columns {
            let role: StoredColumn.Role
            switch column.meaning {
            case .field(let field): role = .field(field)
            case .own(.action): role = .action
            case .own(.id): role = .id
            case .extra: role = .extra
            case .own, .suggestion:
                targets[column.columnIndex] = .returned(meanings.count)
                meanings.append(column.meaning)
                continue
            }
            if case .field = role {
                targets[column.columnIndex] = .field(columns.count)
            } else {
                targets[column.columnIndex] = .other(columns.count)
            }
            columns.append(
                StoredColumn(role: role, title: column.title, columnIndex: column.columnIndex))
        }
        sheet = SheetStore(
            definitionIndex: assignment.sheet, name: assignment.info.name,
            headerRowNumber: match.rowIndex + 1, fieldCount: fieldCount, columns: columns)
    }

    mutating func take(
        _ batch: RowBatch, into texts: inout TextTable, _ formats: inout NumberFormatTable
    ) throws(WorkbookError) {
        for row in batch.rows where row.rowIndex > headerRowIndex {
            let cells = batch.cells[row.cellStart..<row.cellEnd]
            guard cells.contains(where: { isFilling($0, batch, texts) }) else {
                for cell in cells { noteStray(cell, row.rowIndex, batch, texts) }
                continue
            }
            lastFilledRowIndex = row.rowIndex
            sheet.appendRow(number: row.rowIndex + 1, isHidden: row.isHidden)
            if formats.styles.crossesOut, isCrossedOut(cells, batch, texts, formats.styles) {
                sheet.setCrossedOut(sheet.rowCount - 1)
            }
            for cell in cells {
                if case .none = target(cell) {
                    noteStray(cell, row.rowIndex, batch, texts)
                } else {
                    try store(cell, batch, &texts, &formats)
                }
            }
        }
    }

    /// Marks merged cells and counts blank rows, and says what there is to say about both.
    ///
    /// - Parameter lacksColumns: whether a title that is missed may be hidden by a merge.
    mutating func finish(merges: [CellRange], lacksColumns: Bool) -> [FileFinding] {
        sheet.blankRowCount =
            Int(lastFilledRowIndex) - Int(headerRowIndex) - sheet.rowCount
        var findings: [FileFinding] = []
        for range in merges {
            if range.first == range.last { continue }
            if range.rows.contains(Int(headerRowIndex)),
                touchesTitle(range.columns, ofFieldsAlone: !lacksColumns)
            {
                findings.append(
                    FileFinding(
                        .headerMerged, sheet: sheet.name, rowNumber: Int(headerRowIndex) + 1,
                        cell: "\(range)"))
            }
        }
        markMerged(merges.filter { $0.first != $0.last })
        if let firstStray {
            let cell = CellReference(
                rowIndex: Int(firstStray.row), columnIndex: Int(firstStray.column))
            findings.append(
                FileFinding(
                    .sheetStrayCell, sheet: sheet.name, rowNumber: cell.rowNumber,
                    cell: "\(cell)", arguments: ["count": "\(strayCount)"],
                    relatedCount: strayCount))
        }
        return findings
    }
}

extension SheetRows {
    private func target(_ cell: CellRecord) -> Target {
        let column = Int(cell.columnIndex)
        return column < targets.count ? targets[column] : .none
    }

    private func isFilling(_ cell: CellRecord, _ batch: RowBatch, _ texts: TextTable) -> Bool {
        guard case .field = target(cell) else { return false }
        return !isBlank(cell, batch, texts)
    }

    private func isCrossedOut(
        _ cells: ArraySlice<CellRecord>, _ batch: RowBatch, _ texts: TextTable, _ styles: CellStyles
    ) -> Bool {
        cells.allSatisfy { cell in
            styles.isCrossedOut(at: cell.formatIndex) || !isFilling(cell, batch, texts)
        }
    }

    private func isBlank(_ cell: CellRecord, _ batch: RowBatch, _ texts: TextTable) -> Bool {
        switch cell.kind {
        case .blank: true
        case .text where cell.isShared:
            texts.withBytes(of: cell.payload) { Trimming.trimmed($0).isEmpty }
        case .text: batch.withBytes(of: cell) { Trimming.trimmed($0).isEmpty }
        default: false
        }
    }

    private mutating func store(
        _ cell: CellRecord, _ batch: RowBatch, _ texts: inout TextTable,
        _ formats: inout NumberFormatTable
    ) throws(WorkbookError) {
        switch target(cell) {
        case .none: return
        case .returned(let index):
            let text =
                cell.isShared
                ? texts.string(cell.payload)
                : batch.withBytes(of: cell) { String(decoding: $0, as: UTF8.self) }
            returned.add(meanings[index], Trimming.trimmed(text), row: sheet.rowCount - 1)
        case .field(let column), .other(let column):
            let isNumber = cell.kind == .number || cell.kind == .date
            let stored = StoredCell(
                kind: cell.kind,
                textID: cell.isShared ? cell.payload : try textID(of: cell, batch, &texts),
                formatIndex: isNumber ? formats.position(ofStyle: cell.formatIndex) : 0,
                isFormula: cell.isFormula)
            sheet.set(stored, row: sheet.rowCount - 1, column: column)
        }
    }

    private mutating func textID(
        of cell: CellRecord, _ batch: RowBatch, _ texts: inout TextTable
    ) throws(WorkbookError) -> UInt32 {
        let id = batch.withBytes(of: cell) { recentTexts.id(of: $0, in: &texts) }
        guard let id else {
            throw WorkbookError(.sstTooLarge, found: "more text", expected: "at most 4 GiB of text")
        }
        return id
    }

    private mutating func noteStray(
        _ cell: CellRecord, _ rowIndex: UInt32, _ batch: RowBatch, _ texts: TextTable
    ) {
        if isBlank(cell, batch, texts) { return }
        if case .returned = target(cell) { return }
        firstStray = firstStray ?? (rowIndex, cell.columnIndex)
        strayCount += 1
    }

    private func touchesTitle(_ columns: ClosedRange<Int>, ofFieldsAlone: Bool) -> Bool {
        targets.indices.contains { column in
            guard columns.contains(column) else { return false }
            switch targets[column] {
            case .field: return true
            case .other: return !ofFieldsAlone
            case .none, .returned: return false
            }
        }
    }

    /// Ranges may overlap by the thousand: each cell of a column is marked once.
    ///
    /// - Complexity: O(columns x (ranges x log ranges + rows)).
    private mutating func markMerged(_ ranges: [CellRange]) {
        for (position, column) in sheet.columns.enumerated() where column.role != .extra {
            let rows = ranges.filter { $0.columns.contains(column.columnIndex) }.map(\.rows)
            var next = 0
            for range in rows.sorted(by: { $0.lowerBound < $1.lowerBound })
            where range.upperBound >= next {
                let first = max(range.lowerBound, next)
                for row in sheet.rows(withNumbersIn: (first + 1)...(range.upperBound + 1)) {
                    var cell = sheet.cell(row: row, column: position)
                    cell.isMerged = true
                    sheet.set(cell, row: row, column: position)
                }
                next = range.upperBound + 1
            }
        }
    }
}
